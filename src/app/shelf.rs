//! What the library has told, and what follows from it.

use std::sync::Arc;

use super::{Effect, State};
use crate::domain::Marks;
use crate::library::{Basket, News, Saved, Standing};

/// What is known of the library. Only its news change it, so that the screen never shows what the
/// library does not hold.
#[derive(Debug, Default)]
pub struct Shelf {
    pub marks: Arc<Marks>,
    pub basket: Basket,
    pub searches: Vec<Saved>,
    pub standing: Standing,
}

pub(super) fn take(state: &mut State, news: News) -> Vec<Effect> {
    match news {
        News::Opened(opening) => {
            state.library.searches = opening.searches;
            for query in &opening.history {
                state.filter.history.add(query);
            }
            if let Standing::Warned(why) | Standing::ThisRun(why) = &opening.standing {
                state.notices.fail(why.clone());
            }
            state.library.standing = opening.standing;
        }
        News::Marked(papers) => {
            let marks = Arc::make_mut(&mut state.library.marks);
            for (id, marked) in &papers {
                marks.put(*id, marked);
            }
        }
        News::Basket(basket) => state.library.basket = basket,
        News::Searches(searches) => state.library.searches = searches,
        News::Told(told) => state.notices.tell(told),
        News::Failed(why) => state.notices.fail(why),
        News::Done(_) | News::Log(_) | News::Found(_) => {}
    }
    Vec::new()
}
