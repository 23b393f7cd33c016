//! `pasar`: the marketplace in one binary. This file reads the command line and hands over to a command;
//! `wiring.rs` puts the parts together.

mod account;
mod audit;
mod command;
mod couriers;
mod doorman;
mod entrances;
mod figures;
mod goods;
mod media;
mod messages;
mod outside;
mod papers;
mod payments;
mod provider;
mod reorder;
mod secrets;
mod settings;
mod shops;
mod site;
mod sitemap;
mod statement;
mod unsubscribe;
mod wiring;

use clap::{Arg, ArgAction, ArgMatches, Command, value_parser};
use settings::{SETTINGS, Settings, Sources};
use std::{collections::HashMap, path::PathBuf, process::ExitCode};

#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn cli() -> Command {
    let flags = SETTINGS.iter().map(|s| {
        let help = if s.default.is_empty() {
            format!("{} [env: {}]", s.help, s.env())
        } else {
            format!("{} [default: {}] [env: {}]", s.help, s.default, s.env())
        };
        Arg::new(s.name).long(s.name).value_name(s.hint).help(help).global(true).help_heading("Settings")
    });
    let config = Arg::new("config")
        .long("config")
        .value_name("FILE")
        .value_parser(value_parser!(PathBuf))
        .global(true)
        .help("Configuration file; its [pasar] section takes the settings below [default: ./Leptos.toml where it exists]");
    Command::new("pasar")
        .version(env!("CARGO_PKG_VERSION"))
        .about("Pasar, a whole marketplace in one program")
        .long_about(
            "Pasar, a whole marketplace in one program: storefront, seller centre, back office and APIs.\n\n\
             Without DATABASE_URL it keeps its own PostgreSQL in the data folder.",
        )
        .subcommand_required(true)
        .arg_required_else_help(true)
        .arg(config)
        .args(flags)
        .subcommands(command::all())
}

fn settings(matches: &ArgMatches) -> Result<Settings, settings::SettingError> {
    let given = |name: &str| matches.get_one::<String>(name).map(|value| (name.to_owned(), value.clone()));
    let flags: HashMap<_, _> = SETTINGS.iter().filter_map(|s| given(s.name)).collect();
    let sources = Sources::collect(flags, matches.get_one::<PathBuf>("config").map(PathBuf::as_path))?;
    Settings::from(&sources)
}

fn main() -> ExitCode {
    let matches = cli().get_matches();
    let Some((name, arguments)) = matches.subcommand() else { return ExitCode::from(2) };
    let settings = match settings(arguments) {
        Ok(settings) => settings,
        Err(error) => {
            eprintln!("pasar: {error}");
            return ExitCode::from(2);
        }
    };
    match command::run(name, arguments, settings) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("pasar {name}: {}", said(&error));
            ExitCode::FAILURE
        }
    }
}

/// An error with what led to it, each said once: some name their source in their own words.
fn said(error: &anyhow::Error) -> String {
    error.chain().map(ToString::to_string).fold(String::new(), |said, cause| {
        if said.is_empty() {
            cause
        } else if said.contains(&cause) {
            said
        } else {
            format!("{said}: {cause}")
        }
    })
}

/// A switch without a value.
fn switch(name: &'static str, help: &'static str) -> Arg {
    Arg::new(name).long(name).action(ArgAction::SetTrue).help(help)
}

#[cfg(test)]
mod tests {
    #[test]
    fn the_command_line_is_sound() {
        super::cli().debug_assert();
    }

    #[test]
    fn an_error_says_each_of_its_causes_once() {
        let refused = anyhow::anyhow!("refused").context("the database does not answer: refused");
        assert_eq!(super::said(&refused), "the database does not answer: refused");
        let in_use = anyhow::anyhow!("address in use").context("cannot listen");
        assert_eq!(super::said(&in_use), "cannot listen: address in use");
    }
}
