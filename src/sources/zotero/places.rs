//! Finds the database of Zotero through its profile.

use std::fs;
use std::path::{Path, PathBuf};

use super::error::ZoteroError;
use crate::text::display_path;

/// The name of the database in the data folder.
pub const DATABASE_NAME: &str = "zotero.sqlite";

/// The places in which Zotero's files may lie.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ZoteroPlaces {
    /// The database or the data folder that the user names by `OFFPRINT_ZOTERO`.
    pub named: Option<PathBuf>,
    /// The folder of the user, which has the default data folder.
    pub home: Option<PathBuf>,
    /// The folder with `profiles.ini`.
    pub profiles: Option<PathBuf>,
}

impl ZoteroPlaces {
    /// The places that the environment and the system give.
    pub fn from_environment() -> Self {
        let named = std::env::var_os("OFFPRINT_ZOTERO").filter(|it| !it.is_empty());
        let home = etcetera::home_dir().ok();
        let profiles = if cfg!(target_os = "macos") {
            home.as_ref().map(|it| it.join("Library/Application Support/Zotero"))
        } else if cfg!(windows) {
            std::env::var_os("APPDATA").map(|it| PathBuf::from(it).join("Zotero").join("Zotero"))
        } else {
            home.as_ref().map(|it| it.join(".zotero/zotero"))
        };
        Self { named: named.map(PathBuf::from), home, profiles }
    }

    /// The database: the named one, else that of the profile, else that of the default folder.
    ///
    /// # Errors
    ///
    /// Returns the places that were tried if none of them has a database.
    pub fn database(&self) -> Result<PathBuf, ZoteroError> {
        let mut tried = Vec::new();
        for place in self.candidates() {
            let database = if place.is_dir() { place.join(DATABASE_NAME) } else { place };
            if database.is_file() {
                return Ok(database);
            }
            tried.push(display_path(&database));
        }
        Err(ZoteroError::NotFound { looked_in: tried.join(", ") })
    }

    /// The data folders in the order in which they are tried. A named one is the only one.
    fn candidates(&self) -> Vec<PathBuf> {
        if let Some(named) = &self.named {
            return vec![named.clone()];
        }
        let profile = self.profiles.as_deref().and_then(default_profile);
        let configured = profile.as_deref().and_then(configured_folder);
        let usual = self.home.as_ref().map(|it| it.join("Zotero"));
        // Zotero 4 kept its data in the profile.
        let old = profile.map(|it| it.join("zotero"));
        configured.into_iter().chain(usual).chain(old).collect()
    }
}

/// The folder of the default profile of `profiles.ini`, or of the first one.
fn default_profile(profiles: &Path) -> Option<PathBuf> {
    let text = fs::read_to_string(profiles.join("profiles.ini")).ok()?;
    let sections = text.split("\n[").filter(|it| it.trim_start_matches('[').starts_with("Profile"));
    let value = |section: &str, name: &str| {
        let line = |line: &str| Some(line.strip_prefix(name)?.strip_prefix('=')?.trim().to_owned());
        section.lines().find_map(line)
    };
    let sections: Vec<&str> = sections.collect();
    let is_default = |it: &&&str| value(it, "Default").as_deref() == Some("1");
    let section = sections.iter().find(is_default).or_else(|| sections.first())?;
    let path = value(section, "Path")?;
    let is_relative = value(section, "IsRelative").as_deref() != Some("0");
    Some(if is_relative { profiles.join(path) } else { PathBuf::from(path) })
}

/// The data folder that the user has chosen in Zotero's settings.
fn configured_folder(profile: &Path) -> Option<PathBuf> {
    let folder = preference(profile, "extensions.zotero.dataDir")?;
    let is_used = preference(profile, "extensions.zotero.useDataDir");
    (is_used.as_deref() != Some("false") && !folder.is_empty()).then(|| PathBuf::from(folder))
}

/// The folder to which linked files are relative, of the profile that belongs to this machine.
pub fn linked_files_folder(places: &ZoteroPlaces) -> Option<PathBuf> {
    let profile = default_profile(places.profiles.as_deref()?)?;
    preference(&profile, "extensions.zotero.baseAttachmentPath").map(PathBuf::from)
}

/// A value of `prefs.js`, which has a call in each line: `user_pref("name", "value");`.
fn preference(profile: &Path, name: &str) -> Option<String> {
    let text = fs::read_to_string(profile.join("prefs.js")).ok()?;
    let value = |line: &str| {
        let rest = line.trim().strip_prefix("user_pref(\"")?.strip_prefix(name)?;
        let value = rest.strip_prefix("\",")?.trim().strip_suffix(");")?.trim().to_owned();
        // The strings of JavaScript that Zotero writes are those of JSON.
        Some(serde_json::from_str(&value).unwrap_or(value))
    };
    text.lines().find_map(value)
}

#[cfg(test)]
mod tests {
    use super::*;

    struct Machine {
        folder: tempfile::TempDir,
    }

    impl Machine {
        fn new() -> Self {
            Self { folder: tempfile::tempdir().unwrap() }
        }

        fn file(&self, name: &str, text: &str) -> PathBuf {
            let path = self.folder.path().join(name);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(&path, text).unwrap();
            path
        }

        fn places(&self) -> ZoteroPlaces {
            let home = self.folder.path().to_owned();
            ZoteroPlaces { named: None, profiles: Some(home.join("profiles")), home: Some(home) }
        }
    }

    const PROFILES: &str = "[General]\nStartWithLastProfile=1\n\n[Profile0]\nName=old\nIsRelative=1\n\
        Path=Profiles/old\n\n[Profile1]\nName=default\nIsRelative=1\nPath=Profiles/new\nDefault=1\n";

    #[test]
    fn the_default_folder_is_used_without_a_profile() {
        let machine = Machine::new();
        let error = machine.places().database().unwrap_err().to_string();
        assert!(error.contains("/Zotero (OFFPRINT_ZOTERO"), "{error}");
        let usual = machine.file("Zotero/zotero.sqlite", "");
        assert_eq!(machine.places().database().unwrap(), usual);
    }

    #[test]
    fn the_folder_of_the_default_profile_precedes_the_usual_one() {
        let machine = Machine::new();
        machine.file("Zotero/zotero.sqlite", "");
        let own = machine.file("my \"papers\"/zotero.sqlite", "");
        machine.file("profiles/profiles.ini", PROFILES);
        let folder = serde_json::to_string(own.parent().unwrap()).unwrap();
        let preferences = |used: &str| {
            format!(
                "// Mozilla\nuser_pref(\"extensions.zotero.dataDir\", {folder});\n\
                 user_pref(\"extensions.zotero.useDataDir\", {used});\n\
                 user_pref(\"extensions.zotero.baseAttachmentPath\", \"/linked\");\n"
            )
        };
        machine.file("profiles/Profiles/new/prefs.js", &preferences("true"));
        assert_eq!(machine.places().database().unwrap(), own);
        assert_eq!(linked_files_folder(&machine.places()), Some(PathBuf::from("/linked")));
        machine.file("profiles/Profiles/new/prefs.js", &preferences("false"));
        assert!(machine.places().database().unwrap().ends_with("Zotero/zotero.sqlite"));
    }

    #[test]
    fn a_named_folder_or_file_is_the_only_one_tried() {
        let machine = Machine::new();
        machine.file("Zotero/zotero.sqlite", "");
        let other = machine.file("other/zotero.sqlite", "");
        for named in [other.clone(), other.parent().unwrap().to_owned()] {
            let places = ZoteroPlaces { named: Some(named), ..machine.places() };
            assert_eq!(places.database().unwrap(), other);
        }
        let places = ZoteroPlaces { named: Some("/no/such".into()), ..machine.places() };
        assert!(places.database().is_err());
    }
}
