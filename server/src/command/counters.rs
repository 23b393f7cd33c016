//! `pasar counters`: counters of couriers at which parcels can be collected.

use crate::{settings::Settings, wiring};
use clap::{Arg, ArgMatches, Command, builder::PossibleValuesParser};
use kernel::Cx;
use model::{
    geo::Position,
    shipping::{Courier, PickupPointId},
};
use shipping::{NewPickupPoint, store};

/// Counters of a city that are listed.
const LISTED: u16 = 1_000;

pub fn command() -> Command {
    let text = |name: &'static str| Arg::new(name).value_name(name).required(true);
    let id = || text("ID").help("As `pasar counters list` says");
    Command::new("counters")
        .about("See and change the counters at which parcels can be collected")
        .long_about(
            "Counters of couriers, offered in the checkout to buyers in the same city. One that is closed takes no new \
             parcels; orders that are on their way to it keep it.",
        )
        .subcommand_required(true)
        .subcommand(
            Command::new("list")
                .about("The open counters of a city")
                .arg(text("CITY").help("Its code: 31.71")),
        )
        .subcommand(
            Command::new("add")
                .about("Open a counter")
                .arg(
                    text("COURIER")
                        .value_parser(PossibleValuesParser::new(Courier::ALL.iter().map(|it| it.as_str()))),
                )
                .arg(text("DISTRICT").help("The code of its district: 31.71.01"))
                .arg(text("NAME").help("3 to 100 characters"))
                .arg(text("STREET").help("5 to 200 characters"))
                .arg(
                    Arg::new("at")
                        .long("at")
                        .value_name("LATITUDE,LONGITUDE")
                        .allow_hyphen_values(true)
                        .help("Where exactly, in degrees: -6.17,106.82"),
                ),
        )
        .subcommand(Command::new("close").about("Take no new parcels at one").arg(id()))
        .subcommand(Command::new("open").about("Take parcels again at one").arg(id()))
}

pub enum Asked {
    List(String),
    Add(NewPickupPoint),
    Mark(PickupPointId, bool),
}

impl Asked {
    pub fn of(arguments: &ArgMatches) -> anyhow::Result<Self> {
        let text = |arguments: &ArgMatches, name: &str| {
            arguments.get_one::<String>(name).cloned().unwrap_or_default()
        };
        Ok(match arguments.subcommand() {
            Some(("list", a)) => Self::List(text(a, "CITY")),
            Some(("add", a)) => Self::Add(NewPickupPoint {
                courier: Courier::from_name(&text(a, "COURIER"))
                    .ok_or_else(|| anyhow::anyhow!("no courier has this name"))?,
                district: text(a, "DISTRICT"),
                name: text(a, "NAME"),
                street: text(a, "STREET"),
                position: a.get_one::<String>("at").map(|at| position(at)).transpose()?,
            }),
            Some(("close", a)) => Self::Mark(text(a, "ID").parse()?, false),
            Some(("open", a)) => Self::Mark(text(a, "ID").parse()?, true),
            _ => anyhow::bail!("say what to do: list, add, close or open"),
        })
    }
}

fn position(at: &str) -> anyhow::Result<Position> {
    let (latitude, longitude) =
        at.split_once(',').ok_or_else(|| anyhow::anyhow!("a position is written -6.17,106.82"))?;
    Ok(Position::new(latitude.trim().parse()?, longitude.trim().parse()?))
}

pub async fn run(settings: Settings, asked: Asked) -> anyhow::Result<()> {
    let _telemetry = wiring::telemetry(&settings)?;
    let house = wiring::open(&settings).await?;
    let outcome = act(&house.kernel.job_cx(), asked).await;
    house.database.close().await;
    outcome
}

async fn act(cx: &Cx, asked: Asked) -> anyhow::Result<()> {
    let mut db = cx.db().acquire().await?;
    match asked {
        Asked::List(city) => {
            for counter in store::list_pickup_points(&mut db, &city, LISTED).await? {
                let NewPickupPoint { courier, name, district, street, .. } = counter.point;
                println!("{}  {courier:<12} {district}  {name}, {street}", counter.id);
            }
        }
        Asked::Add(new) => {
            let id: PickupPointId = cx.id();
            store::insert_pickup_point(&mut db, id, &new, cx.now()).await?;
            println!("{id}");
        }
        Asked::Mark(id, open) => {
            anyhow::ensure!(
                store::mark_pickup_point(&mut db, id, open, cx.now()).await?,
                "there is no such counter"
            );
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_counter_is_said_in_words() {
        let asked = |line: &str| {
            let words = std::iter::once("counters").chain(line.split('|').filter(|word| !word.is_empty()));
            command().try_get_matches_from(words).ok().and_then(|arguments| Asked::of(&arguments).ok())
        };
        let added = asked("add|kirim_cepat|31.71.01|Loket Gambir|Jl. Merdeka 1|--at|-6.17, 106.82");
        let Some(Asked::Add(new)) = added else { panic!("it was not understood") };
        assert_eq!(new.position, Some(Position::new(-6.17, 106.82)));
        assert!(matches!(asked("list|31.71"), Some(Asked::List(city)) if city == "31.71"));
        for wrong in
            ["", "add|nobody|31.71.01|Loket|Jl. Satu", "close|7", "add|kirim_cepat|1|Loket|Jl. X|--at|here"]
        {
            assert!(asked(wrong).is_none(), "{wrong}");
        }
    }
}
