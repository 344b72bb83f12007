//! Options of the screen, and of picking papers on it.

use clap::builder::PossibleValuesParser;

use crate::app::Theme;
use crate::shell::terminal::display::InlineHeight;

#[derive(Debug, Clone, Default, clap::Args)]
#[command(next_help_heading = "Screen")]
pub struct ScreenArgs {
    /// Colour theme
    #[arg(long, value_name = "THEME", value_parser = PossibleValuesParser::new(Theme::ALL.map(|(name, _)| name)))]
    pub theme: Option<String>,

    /// Run without a screen: commands and answers are lines, for screen readers and TERM=dumb
    #[arg(long)]
    pub plain: bool,

    /// Pick papers on the screen with Enter and print them
    #[arg(long, help_heading = "Picking")]
    pub pick: bool,

    #[command(flatten)]
    pub picking: PickArgs,
}

#[derive(Debug, Clone, Default, clap::Args)]
#[command(next_help_heading = "Picking")]
pub struct PickArgs {
    /// Pick below the prompt, in this number of rows or per cent of the terminal, as in 40%
    #[arg(long, value_name = "HEIGHT")]
    pub height: Option<InlineHeight>,

    /// Print the query in a line before the picked papers
    #[arg(long)]
    pub print_query: bool,

    /// Pick at once if exactly one paper matches the initial query
    #[arg(short = '1', long = "select-1")]
    pub select_one: bool,

    /// Exit at once if no paper matches the initial query
    #[arg(short = '0', long = "exit-0")]
    pub exit_zero: bool,
}

impl PickArgs {
    /// The numbers of initial matches at which picking ends at once.
    pub fn decisive_counts(&self) -> Vec<usize> {
        let counts = [(self.exit_zero, 0), (self.select_one, 1)];
        counts.into_iter().filter(|(is_set, _)| *is_set).map(|(_, count)| count).collect()
    }
}
