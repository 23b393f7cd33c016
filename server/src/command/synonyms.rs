//! `pasar synonyms`: phrases that mean the same to a shopper, on top of those that come with the program.

use crate::{settings::Settings, wiring};
use clap::{Arg, ArgMatches, Command, builder::PossibleValuesParser};
use inquiry::{NewSynonym, SynonymId};
use kernel::Cx;
use model::Lang;

pub fn command() -> Command {
    let text = |name: &'static str, value: &'static str| Arg::new(name).value_name(value).required(true);
    let lang = || {
        Arg::new("lang")
            .long("lang")
            .value_name("LANGUAGE")
            .value_parser(PossibleValuesParser::new(Lang::ALL.map(Lang::tag)))
            .help("Only for searches in this language")
    };
    Command::new("synonyms")
        .about("See and change what means the same in searches")
        .long_about(
            "Synonyms on top of those that come with the program. A change holds on every node within a second and \
             needs no rebuild. A phrase has one or two words.",
        )
        .subcommand_required(true)
        .subcommand(Command::new("list").about("All synonyms that were added"))
        .subcommand(
            Command::new("add")
                .about("Add phrases that mean the same")
                .arg(text("PHRASES", "PHRASES").help("Parted by commas: \"rice cooker, magic com\""))
                .arg(
                    Arg::new("shown")
                        .long("shown")
                        .value_name("PHRASES")
                        .help("One way: who asks for PHRASES is also shown these, not the other way round"),
                )
                .arg(lang()),
        )
        .subcommand(
            Command::new("remove").about("Remove one").arg(text("ID", "ID").help("As `pasar synonyms list` says")),
        )
        .subcommand(
            Command::new("test")
                .about("Show what else would be looked for")
                .arg(text("QUERY", "QUERY"))
                .arg(lang()),
        )
}

pub enum Asked {
    List,
    Add(NewSynonym),
    Remove(SynonymId),
    Test(String, Lang),
}

impl Asked {
    pub fn of(arguments: &ArgMatches) -> anyhow::Result<Self> {
        let text = |arguments: &ArgMatches, name: &str| {
            arguments.get_one::<String>(name).cloned().unwrap_or_default()
        };
        let lang =
            |arguments: &ArgMatches| arguments.get_one::<String>("lang").and_then(|tag| Lang::from_tag(tag));
        Ok(match arguments.subcommand() {
            Some(("list", _)) => Self::List,
            Some(("add", a)) => {
                let shown = a.get_one::<String>("shown").map_or("", String::as_str);
                Self::Add(NewSynonym::parse(lang(a), &text(a, "PHRASES"), shown)?)
            }
            Some(("remove", a)) => Self::Remove(text(a, "ID").parse()?),
            Some(("test", a)) => Self::Test(text(a, "QUERY"), lang(a).unwrap_or_default()),
            _ => anyhow::bail!("say what to do: list, add, remove or test"),
        })
    }
}

pub async fn run(settings: Settings, asked: Asked) -> anyhow::Result<()> {
    let _telemetry = wiring::telemetry(&settings)?;
    let house = wiring::open(&settings).await?;
    let outcome = act(&house.kernel.job_cx(), asked).await;
    house.database.close().await;
    outcome
}

async fn act(cx: &Cx, asked: Asked) -> anyhow::Result<()> {
    match asked {
        Asked::List => {
            for synonym in views::searches::synonyms(cx).await? {
                let lang = synonym.lang.map_or("--", Lang::tag);
                let way = if synonym.shown.is_empty() {
                    String::new()
                } else {
                    format!(" > {}", synonym.shown.join(", "))
                };
                println!("{}  {lang}  {}{way}", synonym.id, synonym.phrases.join(", "));
            }
        }
        Asked::Add(new) => println!("{}", flows::synonyms::add(cx, &new).await?),
        Asked::Remove(id) => flows::synonyms::remove(cx, id).await?,
        Asked::Test(text, lang) => {
            let meanings = flows::index::meanings(cx.kernel()).await?;
            let looked_for = search::also_looked_for(&meanings, views::search::index_lang(lang), &text);
            for (phrase, others) in looked_for {
                println!(
                    "{phrase:<20} {}",
                    if others.is_empty() { "-".to_owned() } else { others.join(", ") }
                );
            }
        }
    }
    Ok(())
}
