//! Tests of compression, archives and folders.

use bzip2::write::BzEncoder;
use ruzstd::encoding::{CompressionLevel, compress_to_vec};
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

use super::*;

/// Three papers compressed with xz, embedded because no dependency compresses to xz.
#[rustfmt::skip]
const XZ: [u8; 108] = [
    253, 55, 122, 88, 90, 0, 0, 4, 230, 214, 180, 70, 2, 0, 33, 1, 22, 0, 0, 0,
    116, 47, 229, 163, 224, 0, 104, 0, 46, 93, 0, 61, 136, 138, 134, 212, 84, 233, 221, 55,
    120, 211, 242, 12, 128, 10, 86, 60, 189, 73, 202, 147, 27, 90, 144, 102, 25, 143, 214, 177,
    113, 148, 36, 168, 24, 106, 27, 70, 187, 232, 83, 160, 244, 253, 228, 32, 192, 0, 0, 0,
    16, 241, 9, 56, 21, 200, 210, 172, 0, 1, 74, 105, 88, 203, 126, 30, 31, 182, 243, 125,
    1, 0, 0, 0, 0, 4, 89, 90,
];

fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut packer = GzEncoder::new(Vec::new(), Compression::best());
    packer.write_all(bytes).unwrap();
    packer.finish().unwrap()
}

fn bzip2(bytes: &[u8]) -> Vec<u8> {
    let mut packer = BzEncoder::new(Vec::new(), bzip2::Compression::best());
    packer.write_all(bytes).unwrap();
    packer.finish().unwrap()
}

fn zstd(bytes: &[u8]) -> Vec<u8> {
    compress_to_vec(bytes, CompressionLevel::Fastest)
}

fn tar(members: &[(&str, &[u8])]) -> Vec<u8> {
    let mut archive = ::tar::Builder::new(Vec::new());
    for (name, bytes) in members {
        let mut header = ::tar::Header::new_gnu();
        header.set_size(bytes.len() as u64);
        header.set_cksum();
        archive.append_data(&mut header, name, *bytes).unwrap();
    }
    archive.into_inner().unwrap()
}

fn zip(members: &[(&str, &[u8])]) -> Vec<u8> {
    let mut archive = ZipWriter::new(io::Cursor::new(Vec::new()));
    for (name, bytes) in members {
        archive.start_file(*name, SimpleFileOptions::default()).unwrap();
        archive.write_all(bytes).unwrap();
    }
    archive.finish().unwrap().into_inner()
}

/// Returns the numbers of papers and defects in a file, or its error.
fn read(bytes: &[u8]) -> Result<(u32, usize), String> {
    let read = load_corpus(Source::File(file(bytes).path().to_owned()));
    read.map(|(corpus, defects)| (corpus.len(), defects.len())).map_err(|it| it.to_string())
}

/// Returns summaries of the events of loading a file, with its name replaced by `x`.
fn notices(bytes: &[u8]) -> Vec<String> {
    let file = file(bytes);
    let source = open(Source::File(file.path().to_owned()), &ReadOptions::default()).unwrap();
    let name = file.path().display().to_string();
    load_summaries(source).iter().map(|it| it.replace(&name, "x")).collect()
}

const BIB: &[u8] = b"@article{a, title = {One}}\n@article{b, title = {Two}}\n";

#[test]
fn every_packing_is_taken_off_also_when_there_are_several() {
    let papers = lines(3).into_bytes();
    for packed in [gzip(&papers), bzip2(&papers), zstd(&papers), XZ.to_vec()] {
        assert_eq!(read(&packed), Ok((3, 0)));
        assert_eq!(read(&gzip(&packed)), Ok((3, 0)));
        let tar = tar(&[("papers", &packed), ("b.bib", BIB)]);
        assert_eq!(read(&zstd(&tar)), Ok((5, 0)));
        assert_eq!(read(&zip(&[("a/papers", &packed), ("tar", &tar)])), Ok((8, 0)));
    }
}

#[test]
fn parts_that_are_put_behind_each_other_are_read_to_the_end() {
    let padded = [&XZ[..], &[0; 8], &XZ].concat();
    let skipped = [&[0x50, 0x2a, 0x4d, 0x18, 2, 0, 0, 0, 7, 7], &zstd(&lines(2).into_bytes())[..]];
    assert_eq!(read(&padded).unwrap().0, 6);
    assert_eq!(read(&skipped.concat()).unwrap().0, 2);
    for pack in [gzip, bzip2, zstd] {
        let members = [pack(lines(2).as_bytes()), pack(lines(3).as_bytes())].concat();
        assert_eq!(read(&members).unwrap().0, 5);
    }
}

#[test]
fn a_packed_pipe_is_read_like_a_file() {
    for packed in [gzip(BIB), bzip2(BIB), zstd(BIB), zip(&[("b", BIB)]), tar(&[("b", BIB)])] {
        let summaries = load_summaries(open_pipe(io::Cursor::new(packed)).unwrap());
        assert_eq!(summaries, ["bibtex:2", "s2", "p2", "done"]);
    }
}

#[test]
fn what_is_no_papers_in_an_archive_is_passed_over_and_what_is_broken_is_a_defect() {
    let broken = &gzip(&lines(50).into_bytes())[..90];
    let members: [(&str, &[u8]); 5] = [
        ("b.bib", BIB),
        (".hidden.bib", BIB),
        ("readme", b"dear\nreader\n"),
        ("broken.gz", broken),
        ("c.bib", BIB),
    ];
    for archive in [zip(&members), tar(&members)] {
        let lines = notices(&archive);
        let expected = ["not x/readme", "bibtex:2", "d0", "jsonl:7", "bibtex:2"];
        assert_eq!(lines[..5], expected, "{lines:?}");
        assert_eq!(lines.last().map(String::as_str), Some("done"));
    }
    let none = notices(&zip(&[("readme", b"dear\nreader\n")]));
    let reason = "x: no papers in any member";
    assert!(none.contains(&reason.to_owned()), "{none:?}");
}

#[test]
fn what_unpacks_beyond_measure_is_given_up_whatever_the_packing() {
    let bomb = [lines(3).into_bytes(), vec![b' '; 24 << 20]].concat();
    for packed in [
        gzip(&bomb),
        bzip2(&bomb),
        zstd(&bomb),
        gzip(&gzip(&bomb)),
        zip(&[("a", &bomb), ("b.bib", BIB)]),
        gzip(&tar(&[("a", &bomb), ("b.bib", BIB)])),
    ] {
        let error = read(&packed).unwrap_err();
        assert!(error.contains("decompresses to far more than text would"), "{error}");
    }
}

#[test]
fn packings_in_packings_end_somewhere() {
    let mut packed = lines(3).into_bytes();
    for _ in 0..9 {
        packed = gzip(&packed);
    }
    assert!(read(&packed).unwrap_err().contains("too many layers of compression"));
    let mut archive = BIB.to_vec();
    for _ in 0..6 {
        archive = tar(&[("a", &archive)]);
    }
    assert!(read(&archive).is_err());
}

#[test]
fn a_packed_file_that_is_damaged_or_no_papers_is_refused_in_a_sentence() {
    for packed in [gzip(b"dear\nreader\n"), bzip2(b"dear\nreader\n"), zstd(b"dear\nreader\n")] {
        assert!(read(&packed).unwrap_err().contains(": "));
    }
    let papers = lines(90).into_bytes();
    for packed in
        [gzip(&papers), bzip2(&papers), zstd(&papers), XZ.to_vec(), zip(&[("a", &papers)])]
    {
        for end in 1..packed.len() {
            let error = read(&packed[..end]).unwrap_err();
            assert!(error.contains(": "), "{error}");
        }
    }
}

/// Writes files to a temporary folder.
fn folder(files: &[(&str, &[u8])]) -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    for (name, bytes) in files {
        let path = folder.path().join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, bytes).unwrap();
    }
    folder
}

#[test]
fn a_folder_is_read_in_order_with_all_that_is_in_it() {
    let papers = lines(3).into_bytes();
    let folder = folder(&[
        ("b/refs.bib", BIB),
        ("b/.git/refs.bib", BIB),
        ("a.jsonl", &papers),
        ("c.txt.gz", &gzip(&papers)),
        ("notes.txt", b"dear\nreader\n"),
        ("zip.zip", &zip(&[("refs.bib", BIB)])),
        (".hidden.bib", BIB),
    ]);
    let source = open(Source::File(folder.path().to_owned()), &ReadOptions::default()).unwrap();
    let name = folder.path().display().to_string();
    let summaries = load_summaries(source);
    let expected = ["jsonl:3", "bibtex:2", "not x/notes.txt", "jsonl:3", "bibtex:2", "s10", "p10"];
    let lines: Vec<String> = summaries.iter().map(|it| it.replace(&name, "x")).collect();
    assert_eq!(lines[..7], expected, "{lines:?}");
}

#[test]
fn a_folder_without_papers_is_told() {
    let refused = |files| {
        let folder = folder(files);
        load_corpus(Source::File(folder.path().to_owned())).unwrap_err().to_string()
    };
    let empty = folder(&[]);
    let source = open(Source::File(empty.path().to_owned()), &ReadOptions::default()).unwrap();
    assert_eq!(load_summaries(source)[1..], ["p0", "done"]);
    assert!(refused(&[("a", b"dear\nreader\n")]).ends_with("no papers in its 1 file"));
}

#[test]
fn a_folder_that_lies_too_deep_is_told_and_the_rest_is_read() {
    let deep = format!("{}refs.bib", "d/".repeat(33));
    let at_the_bound = format!("{}refs.bib", "d/".repeat(32));
    let folder = folder(&[("a.bib", BIB), (&at_the_bound, BIB), (&deep, BIB)]);
    let (corpus, defects) = load_corpus(Source::File(folder.path().to_owned())).unwrap();
    assert_eq!(corpus.len(), 4);
    assert_eq!(defects.len(), 1, "{defects:?}");
    let reason = "d: nested more than 32 folders deep; name it to read it";
    assert!(defects[0].to_string().ends_with(reason), "{}", defects[0]);
}

#[test]
fn a_format_can_be_insisted_on_and_fields_named() {
    let file = file(b"headline,who\nOne,Ada\n");
    let mut options = ReadOptions { detect_format: Some(Format::Csv), ..ReadOptions::default() };
    options.field_names.add("title=headline").unwrap();
    options.field_names.add("authors=who").unwrap();
    let source = open(Source::File(file.path().to_owned()), &options).unwrap();
    let mut titles = Vec::new();
    load_all(vec![source], None, &LoadControl::default(), &mut |event| {
        if let LoadEvent::Segment(segment) = event {
            titles.push(format!("{} {}", segment.paper(0).title, segment.paper(0).author_list));
        }
    });
    assert_eq!(titles, ["One Ada"]);
    options.detect_format = Some(Format::Ris);
    let source = open(Source::File(file.path().to_owned()), &options).unwrap();
    assert!(load_summaries(source).contains(&"d1".to_owned()));
}
