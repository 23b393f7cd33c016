//! `pasar import photos`: photographs from files into a product's gallery.

use anyhow::Context;
use clap::{Arg, ArgMatches, Command, value_parser};
use flows::photos::Added;
use kernel::{Cx, jobs::Job};
use media::{Files, MakeForms, Refused, limits};
use model::{
    Slug,
    ids::{MediaId, ProductId},
};
use std::{
    fs,
    path::{Path, PathBuf},
    sync::Arc,
    time::Instant,
};
use tokio::{sync::Semaphore, task::JoinSet};

pub fn command() -> Command {
    Command::new("photos")
        .about("Put photographs into a product's gallery")
        .long_about(
            "Puts JPEG, PNG and WebP files, or all files of a folder in the order of their names, at the end of a \
             product's gallery, and makes the forms pages show. Files are judged by their content; a bad one is named \
             and does not stop the others. Safe to interrupt and to repeat: a photograph that is there already stays \
             where it is.",
        )
        .arg(
            Arg::new("FILE")
                .value_name("FOLDER|FILE")
                .value_parser(value_parser!(PathBuf))
                .num_args(1..)
                .required(true)
                .help("The photographs"),
        )
        .arg(
            Arg::new("product")
                .long("product")
                .value_name("SLUG")
                .required(true)
                .help("Whose they are: the last part of the product's address"),
        )
        .arg(Arg::new("alt").long("alt").value_name("TEXT").help(
            "What can be seen on them, for those who cannot see it [default: the product's name]",
        ))
        .arg(Arg::new("variant").long("variant").value_name("SKU").help("The variant that the first of them shows"))
}

pub struct Photos {
    from: Vec<PathBuf>,
    product: Slug,
    alt: Option<String>,
    variant: Option<String>,
}

impl Photos {
    pub fn of(arguments: &ArgMatches) -> anyhow::Result<Self> {
        let text = |name| arguments.get_one::<String>(name).cloned();
        let product = text("product").unwrap_or_default();
        Ok(Self {
            from: arguments.get_many("FILE").into_iter().flatten().cloned().collect(),
            product: product.parse().with_context(|| format!("--product {product:?}"))?,
            alt: text("alt"),
            variant: text("variant"),
        })
    }

    pub async fn take_in(&self, cx: &Cx) -> anyhow::Result<()> {
        let files = cx.part::<Files>().context("there is no store of pictures")?;
        let found = catalog::store::find_by_slug(&mut *cx.db().acquire().await?, &self.product).await?;
        let (product, _) = found.with_context(|| format!("there is no product {}", self.product))?;
        let paths = list(&self.from)?;
        let (mut bad, mut kept) = (0, Vec::new());
        for (i, path) in paths.iter().enumerate() {
            let variant = self.variant.as_deref().filter(|_| i == 0);
            match self.one(cx, &files, product, path, variant).await {
                Ok(Added { media, new }) => {
                    println!("  {} {}", if new { "new    " } else { "there  " }, path.display());
                    kept.push(media);
                }
                Err(error) => {
                    bad += 1;
                    println!("  bad     {}: {error:#}", path.display());
                }
            }
        }
        make_forms(cx, kept).await?;
        anyhow::ensure!(bad == 0, "{bad} of {} files were not taken in; they are named above", paths.len());
        Ok(())
    }

    async fn one(
        &self,
        cx: &Cx,
        files: &Files,
        product: ProductId,
        path: &Path,
        variant: Option<&str>,
    ) -> anyhow::Result<Added> {
        // Not read at all where it is too large.
        if fs::metadata(path)?.len() > limits::MOST_BYTES as u64 {
            return Err(Refused::TooManyBytes.into());
        }
        let bytes = fs::read(path)?.into();
        Ok(flows::photos::add(cx, files, product, bytes, self.alt.as_deref(), variant).await?)
    }
}

/// The files named, and those in the folders named, by name; hidden ones are left out.
fn list(from: &[PathBuf]) -> anyhow::Result<Vec<PathBuf>> {
    let mut all = Vec::new();
    for path in from {
        let unreadable = || format!("cannot read {}", path.display());
        if !fs::metadata(path).with_context(unreadable)?.is_dir() {
            all.push(path.clone());
            continue;
        }
        let mut within = Vec::new();
        for entry in fs::read_dir(path).with_context(unreadable)? {
            let entry = entry.with_context(unreadable)?;
            let hidden = entry.file_name().to_string_lossy().starts_with('.');
            if !hidden && entry.path().is_file() {
                within.push(entry.path());
            }
        }
        within.sort();
        all.append(&mut within);
    }
    Ok(all)
}

/// Does here what the queued jobs would do, so that the pictures can be seen when the command ends; the jobs then find
/// it done. As many at a time as there are processors.
async fn make_forms(cx: &Cx, pictures: Vec<MediaId>) -> anyhow::Result<()> {
    let started = Instant::now();
    let count = pictures.len();
    let seats = Arc::new(Semaphore::new(std::thread::available_parallelism().map_or(1, usize::from)));
    let mut work = JoinSet::new();
    for media in pictures {
        let (cx, seats) = (cx.clone(), seats.clone());
        work.spawn(async move {
            let _seat = seats.acquire_owned().await;
            MakeForms { media }.run(&cx).await.map_err(|error| anyhow::anyhow!("{error}"))
        });
    }
    while let Some(made) = work.join_next().await {
        made?.context("the forms of a picture could not be made; the server will try again")?;
    }
    println!("photos: {count} ready to be seen, in {:.1} s", started.elapsed().as_secs_f64());
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_folder_gives_its_files_by_name_and_no_hidden_ones() {
        let folder = tempfile::tempdir().unwrap();
        for name in ["b.jpg", "a.png", ".hidden"] {
            fs::write(folder.path().join(name), b"x").unwrap();
        }
        fs::create_dir(folder.path().join("inner")).unwrap();
        let single = folder.path().join("b.jpg");
        let listed = list(&[folder.path().to_owned(), single.clone()]).unwrap();
        assert_eq!(listed, [folder.path().join("a.png"), single.clone(), single]);
        let missing = list(&[folder.path().join("none")]).unwrap_err();
        assert!(format!("{missing:#}").contains("none"), "{missing:#}");
    }
}
