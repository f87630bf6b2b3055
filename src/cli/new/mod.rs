//! `accredit new`: a package to start from, with one rule, one example and one document.

use std::fs;
use std::path::Path;

use crate::diagnostic::MessageLanguage;

use super::Ended;
use super::args::New;
use super::output::{complain, language, print, today};

pub(super) fn run(command: &New) -> Ended {
    let chinese = language(command.speech) == MessageLanguage::Chinese;
    let Some(name) =
        command.name.file_name().and_then(|name| name.to_str()).filter(|name| is_package_name(name))
    else {
        complain(if chinese {
            "规则包的名称由小写字母、数字和连字符组成，用点分段，例如 cn.example；请另取名称"
        } else {
            "a package's name is made of lower-case letters, digits and hyphens, in parts joined by dots, such as edu.example; choose another name"
        });
        return Ended::Unusable;
    };
    let (text, record) = if chinese {
        (include_str!("zh.qf"), include_str!("record.zh.yaml"))
    } else {
        (include_str!("en.qf"), include_str!("record.en.yaml"))
    };
    let year = today().map_or(2026, crate::quantity::Date::year).to_string();
    let fill = |text: &str| text.replace("NAME", name).replace("YEAR", &year);
    match write(&command.name, &fill(text), &fill(record)) {
        Ok(()) => {
            let place = command.name.display();
            print(&if chinese {
                format!(
                    "已建立 {place}。试试：accredit check {place}；accredit decide {place}/records/first.yaml -p {place} --on {year}-09-01\n"
                )
            } else {
                format!(
                    "made {place}; try: accredit check {place}; accredit decide {place}/records/first.yaml -p {place} --on {year}-09-01\n"
                )
            });
            Ended::Well
        }
        Err(error) => {
            complain(&format!("{}: {error}", command.name.display()));
            Ended::Unusable
        }
    }
}

/// Makes the folder; one that is already there and holds something is left alone.
fn write(folder: &Path, text: &str, record: &str) -> std::io::Result<()> {
    if folder.exists() && fs::read_dir(folder)?.next().is_some() {
        return Err(std::io::Error::new(std::io::ErrorKind::AlreadyExists, "this folder is not empty"));
    }
    fs::create_dir_all(folder.join("records"))?;
    fs::write(folder.join("package.qf"), text)?;
    fs::write(folder.join("records").join("first.yaml"), record)
}

/// Lower-case letters, digits and hyphens in parts joined by dots; each part begins with a letter.
fn is_package_name(name: &str) -> bool {
    name.split('.').all(|part| {
        part.starts_with(|c: char| c.is_ascii_lowercase())
            && part.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-')
    })
}
