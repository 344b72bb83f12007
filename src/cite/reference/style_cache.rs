//! Caches the parsed CSL style between references.

use std::sync::{Arc, Mutex, PoisonError};

use super::processor::CslProcessor;

use super::style::Style;

/// Cache of the style used last, shared by clones. Valid for that style, replaced when another is
/// requested; saves parsing a style, which takes longer than formatting a reference.
#[derive(Debug, Clone, Default)]
pub struct StyleCache(Arc<Mutex<Option<CachedStyle>>>);

type CachedStyle = (Style, Arc<CslProcessor>);

impl StyleCache {
    /// Returns the processor for a style; `None` if the style cannot be parsed.
    pub fn processor(&self, style: &Style) -> Option<Arc<CslProcessor>> {
        let mut last = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some((name, processor)) = &*last
            && name == style
        {
            return Some(Arc::clone(processor));
        }
        let processor = Arc::new(CslProcessor::new(style.load().ok()?));
        *last = Some((style.clone(), Arc::clone(&processor)));
        Some(processor)
    }
}
