//! Byte offsets to Unicode code points, for the borders where others count so.

/// Counts the code points before growing byte offsets of one text.
pub struct Points<'t> {
    text: &'t str,
    byte: usize,
    point: usize,
}

impl<'t> Points<'t> {
    /// Starts at the beginning of `text`.
    pub fn new(text: &'t str) -> Points<'t> {
        Points { text, byte: 0, point: 0 }
    }

    /// How many code points stand before byte `at`. Over all calls with growing offsets linear in the text; a smaller offset
    /// than the one before counts from the beginning again.
    ///
    /// ```
    /// let mut points = actant::text::points::Points::new("é—x");
    /// assert_eq!((points.at(2), points.at(5), points.at(0)), (1, 2, 0));
    /// ```
    pub fn at(&mut self, at: usize) -> usize {
        if at < self.byte {
            (self.byte, self.point) = (0, 0);
        }
        self.point += self.text[self.byte..at].chars().count();
        self.byte = at;
        self.point
    }
}
