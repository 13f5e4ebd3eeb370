use super::*;

/// A graph of some groups, made by a rule without chance: blocks of several sizes, ties mostly inside a group.
fn sample(n: usize, groups: usize) -> (Vec<Block>, Vec<Tie>) {
    let blocks = (0..n)
        .map(|number| Block {
            width: 30.0 + (number * 37 % 101) as f64,
            height: 22.0 + (number * 11 % 23) as f64,
            hub: 5.0 + (number % 7) as f64,
        })
        .collect();
    let tied = |a: usize, b: usize| {
        if a % groups == b % groups { (a * 31 + b * 17) % 7 < 2 } else { (a * 37 + b * 101).is_multiple_of(89) }
    };
    let ties = (0..n)
        .flat_map(|a| (0..a).map(move |b| (b, a)))
        .filter(|&(a, b)| tied(a, b))
        .map(|(a, b)| Tie { ends: (a, b), weight: (1 + a * b % 6) as f64 })
        .collect();
    (blocks, ties)
}

/// How far two blocks run into each other; 0 or less if they do not.
fn overlap(blocks: &[Block], at: &[Point], a: usize, b: usize) -> f64 {
    let x = (blocks[a].width + blocks[b].width) / 2.0 - (at[a].x - at[b].x).abs();
    let y = (blocks[a].height + blocks[b].height) / 2.0 - (at[a].y - at[b].y).abs();
    x.min(y)
}

fn check(blocks: &[Block], placement: &Placement) {
    let at = &placement.centres;
    for a in 0..blocks.len() {
        for b in 0..a {
            assert!(overlap(blocks, at, a, b) <= 1e-6, "{a} and {b} overlap");
        }
        let (dx, dy) = (blocks[a].width / 2.0, blocks[a].height / 2.0);
        assert!(at[a].x - dx >= -1e-6 && at[a].x + dx <= placement.size.width + 1e-6, "{a} is beside the canvas");
        assert!(at[a].y - dy >= -1e-6 && at[a].y + dy <= placement.size.height + 1e-6, "{a} is below the canvas");
    }
}

#[test]
fn nothing_overlaps() {
    for (n, groups) in [(2, 1), (30, 3), (60, 30), (150, 6)] {
        let (blocks, ties) = sample(n, groups);
        LAYOUTS.iter().for_each(|layout| check(&blocks, &(layout.place)(&blocks, &ties, 1.5)));
    }
    LAYOUTS.iter().for_each(|layout| check(&[], &(layout.place)(&[], &[], 1.5)));
}

#[test]
fn extremes_do_not_overlap() {
    let (mut blocks, _) = sample(150, 1);
    let star: Vec<Tie> = (1..100).map(|leaf| Tie { ends: (0, leaf), weight: leaf as f64 * 1e7 }).collect();
    check(&blocks[..100], &place(&blocks[..100], &star, 1.5));
    let all = (0..25).flat_map(|a| (0..a).map(move |b| Tie { ends: (a, b), weight: 1e-6 })).collect::<Vec<_>>();
    blocks.iter_mut().for_each(|block| block.width = 500.0);
    check(&blocks[..25], &place(&blocks[..25], &all, 1.5));
    check(&[], &place(&[], &[], 1.5));
}

#[test]
fn twice_the_same() {
    let (blocks, ties) = sample(60, 4);
    assert_eq!(place(&blocks, &ties, 1.5), place(&blocks, &ties, 1.5));
}

#[test]
fn what_is_tied_stands_together() {
    let (blocks, ties) = sample(90, 5);
    let at = place(&blocks, &ties, 1.5).centres;
    let distance = |a: usize, b: usize| {
        let (dx, dy) = (at[a].x - at[b].x, at[a].y - at[b].y);
        (dx * dx + dy * dy).sqrt()
    };
    let mean = |same: bool| {
        let pairs: Vec<f64> = (0..90)
            .flat_map(|a| (0..a).map(move |b| (a, b)))
            .filter(|(a, b)| (a % 5 == b % 5) == same)
            .map(|(a, b)| distance(a, b))
            .collect();
        pairs.iter().sum::<f64>() / pairs.len() as f64
    };
    assert!(mean(true) * 2.0 < mean(false), "{} and {}", mean(true), mean(false));
}

#[test]
fn boxes_without_ties_stand_in_rows_at_the_bottom() {
    let (mut blocks, ties) = sample(40, 3);
    blocks.extend([Block { width: 60.0, height: 14.0, hub: 7.0 }; 25]);
    let placement = place(&blocks, &ties, 1.5);
    check(&blocks, &placement);
    let shelf = placement.shelf.expect("there are rows");
    assert!((0..40).all(|node| placement.centres[node].y + blocks[node].height / 2.0 < shelf));
    assert!((40..65).all(|node| placement.centres[node].y - blocks[node].height / 2.0 >= shelf - 1e-6));
    assert_eq!(placement.centres[40].y, placement.centres[41].y);
    assert_eq!(place(&blocks[..40], &ties, 1.5).shelf, None);
}

#[test]
fn lines_cross_and_meet() {
    let point = |x: f64, y: f64| Point { x, y };
    let line = (point(0.0, 0.0), point(10.0, 10.0));
    assert!(crosses(line, (point(0.0, 10.0), point(10.0, 0.0))));
    assert!(!crosses(line, (point(10.0, 10.0), point(10.0, 0.0))));
    assert!(meets(line, point(5.0, 6.0), point(2.0, 2.0)));
    assert!(!meets(line, point(8.0, 2.0), point(2.0, 2.0)));
    assert!(!meets(line, point(15.0, 15.0), point(2.0, 2.0)));
}

/// Five groups of points with ties inside, few between, and every tenth point without any.
fn crowd(n: usize) -> (Vec<f64>, Vec<Tie>, Vec<u32>) {
    let tied = |node: usize| !node.is_multiple_of(10);
    let ties = (0..n).filter(|&a| tied(a)).flat_map(|a| {
        let near = [a + 5, a + 10 + a % 3 * 5, a + 25].map(move |b| (a, b, 4.0));
        near.into_iter().chain([(a, (a * 7 + 3) % n, 1.0)].into_iter().filter(move |_| a % 9 == 1))
    });
    let ties = ties.filter(|&(a, b, _)| b < n && tied(b) && a != b);
    let ties = ties.map(|(a, b, weight)| Tie { ends: (a.min(b), a.max(b)), weight }).collect();
    let radii = (0..n).map(|node| 15.0 / (1.0 + node as f64 / 40.0) + 4.0).collect();
    (radii, ties, (0..n).map(|node| (node % 5) as u32).collect())
}

#[test]
fn many_points_stand_apart_and_with_their_group() {
    let (radii, ties, groups) = crowd(900);
    let placement = scatter(&radii, &ties, &groups, 1.5);
    let at = &placement.centres;
    let shelf = placement.shelf.expect("some have no ties");
    let (mut near, mut far) = ((0.0, 0.0), (0.0, 0.0));
    for a in 0..900 {
        let single = ties.iter().all(|tie| tie.ends.0 != a && tie.ends.1 != a);
        assert_eq!(at[a].y > shelf, single, "{a}");
        assert!((0.0..=placement.size.width).contains(&at[a].x) && (0.0..=placement.size.height).contains(&at[a].y));
        for b in (0..a).filter(|_| !single) {
            let distance = ((at[a].x - at[b].x).powi(2) + (at[a].y - at[b].y).powi(2)).sqrt();
            assert!(distance > 0.8 * (radii[a] + radii[b]), "{a} and {b} overlap: {distance}");
            let sum = if groups[a] == groups[b] { &mut near } else { &mut far };
            *sum = (sum.0 + distance, sum.1 + 1.0);
        }
    }
    assert!(near.0 / near.1 * 1.5 < far.0 / far.1, "{} and {}", near.0 / near.1, far.0 / far.1);
    assert_eq!(placement, scatter(&radii, &ties, &groups, 1.5));
}

#[test]
fn points_may_be_none_or_all_without_ties() {
    assert_eq!(scatter(&[], &[], &[], 1.5).size, Size::default());
    assert_eq!(scatter(&[4.0; 30], &[], &[0; 30], 1.5).shelf, Some(0.0));
    let line = [Tie { ends: (0, 1), weight: 1e9 }];
    assert!(scatter(&[4.0; 2], &line, &[0; 2], 1.5).size.width < 200.0);
}
