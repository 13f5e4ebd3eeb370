//! Numbers drawn at random, the same every time.

/// Steele, Lea & Flood's SplitMix64 (OOPSLA 2014); its step and its two factors are the published ones.
pub struct Random {
    state: u64,
}

impl Random {
    /// Each seed gives a sequence of its own.
    pub fn new(seed: u64) -> Random {
        Random { state: seed }
    }

    /// A number below `n`, which must not be 0; each as likely as the others but for one part in 2⁶⁴/n.
    pub fn below(&mut self, n: usize) -> usize {
        self.state = self.state.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.state;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        ((z ^ (z >> 31)) % n as u64) as usize
    }
}
