//! Scratch probe of the index.
use offprint::domain::*;
use std::sync::Arc;
use std::time::Instant;
fn main() {
    let path = std::env::args().nth(1).unwrap();
    let (corpus, _) =
        offprint::sources::corpus(offprint::sources::Source::File(path.into())).unwrap();
    eprintln!("loaded {}", corpus.len());
    let began = Instant::now();
    let mut total = 0;
    let mut held = 0;
    let mut all = Vec::new();
    for (_, s) in corpus.segments() {
        let mut b = WordIndexBuilder::default();
        for row in 0..s.len() {
            b.push(s.folded().record(row), &s.folded_abstract(row).unwrap());
        }
        let bytes = b.finish();
        let i = WordIndex::open(Arc::new(bytes.into_boxed_slice()), s.len()).unwrap();
        let (a, h) = i.size();
        total += a;
        held += h;
        all.push(i);
    }
    let t = began.elapsed();
    eprintln!(
        "built in {t:?}; {} B a paper; {} held",
        total as f64 / corpus.len() as f64,
        held as f64 / corpus.len() as f64
    );
    let mut n = 0;
    let mut wb = 0usize;
    for i in &all {
        i.words(&|_| true, &mut |w, _| {
            n += 1;
            wb += w.len();
        })
        .unwrap();
    }
    eprintln!("{n} words in {} segments, {wb} bytes", all.len());
    for q in ["t", "the", "tra", "transf", "model", "simctg", "koopman", "zzqx", "b", "deep"] {
        let began = Instant::now();
        let mut n = 0u64;
        let mut c = 0u64;
        for i in &all {
            i.mentions(q, Extent::Beginning, &mut |m| {
                n += 1;
                c += u64::from(m.count);
            })
            .unwrap();
        }
        eprintln!("{q}: {n} mentions in {:?}", began.elapsed());
    }
}
