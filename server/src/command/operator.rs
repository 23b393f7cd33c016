//! `pasar operator`: who may work in the back office.

use crate::{settings::Settings, wiring};
use anyhow::Context;
use clap::{Arg, ArgMatches, Command};
use flows::account;
use identity::operator::Giver;
use kernel::Cx;
use model::{Contact, OperatorRole};

pub fn command() -> Command {
    let roles = OperatorRole::ALL.iter().map(|role| role.as_str());
    let who =
        Arg::new("who").value_name("EMAIL").required(true).help("An e-mail address or number of the account");
    let role = Arg::new("role").value_name("ROLE").required(true).value_parser(roles.collect::<Vec<_>>());
    Command::new("operator")
        .about("Give or take operators' roles")
        .long_about(
            "Gives or takes a role in the back office. Whoever it concerns has to sign in anew. The first operator is \
             made here; after that, operators with the duty `people` can do it on its page.",
        )
        .subcommand_required(true)
        .subcommand(Command::new("grant").about("Give a role").args([who.clone(), role.clone()]))
        .subcommand(Command::new("revoke").about("Take a role").args([who, role]))
}

#[derive(Clone, Debug)]
pub struct Asked {
    give: bool,
    who: Contact,
    role: OperatorRole,
}

impl Asked {
    pub fn of(arguments: &ArgMatches) -> anyhow::Result<Self> {
        let (verb, arguments) = arguments.subcommand().context("grant or revoke?")?;
        let text = |name| arguments.get_one::<String>(name).map(String::as_str).unwrap_or_default();
        let who = text("who").parse().context("that is neither an e-mail address nor a number")?;
        let role = OperatorRole::from_name(text("role")).context("there is no such role")?;
        Ok(Self { give: verb == "grant", who, role })
    }
}

pub async fn run(settings: Settings, asked: Asked) -> anyhow::Result<()> {
    let _telemetry = wiring::telemetry(&settings)?;
    let house = wiring::open(&settings).await?;
    let outcome = change(&house.kernel.job_cx(), &asked).await;
    house.database.close().await;
    println!("{}", outcome?);
    Ok(())
}

async fn change(cx: &Cx, asked: &Asked) -> anyhow::Result<String> {
    let Asked { give, who, role } = asked;
    let changed = if *give {
        account::grant(cx, Giver::Console, who, *role).await?
    } else {
        account::revoke(cx, Giver::Console, who, *role).await?
    };
    let who = who.as_str();
    Ok(match (changed, give) {
        (true, true) => format!("{who} is {role} now."),
        (false, true) => format!("{who} was {role} already."),
        (true, false) => format!("{who} is no longer {role}."),
        (false, false) => format!("{who} was not {role}."),
    })
}
