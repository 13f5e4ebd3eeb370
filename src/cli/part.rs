//! The options `--focus`, `--type` and `--community`: a part of the graph.

use std::collections::BTreeSet;

use super::lookup;
use crate::error::{Error, Result};
use crate::graph::{EntityGraph, NodeId};
use crate::measure::Report;

/// Which actors a command uses. Each option leaves some out.
#[derive(clap::Args)]
pub struct PartArg {
    /// Only this actor (name, alias or id) and those tied to it
    #[arg(long, value_name = "NAME")]
    focus: Option<String>,
    /// With --focus: those at most so many ties away
    #[arg(long, value_name = "N", default_value_t = 1, requires = "focus")]
    radius: u32,
    /// Only actors of these types, with commas: person, place, organization or some of your own
    #[arg(long = "type", value_name = "LIST", value_delimiter = ',')]
    types: Vec<String>,
    /// Only the community of this actor (name, alias or id)
    #[arg(long, value_name = "NAME")]
    community: Option<String>,
}

impl PartArg {
    /// Keeps the actors that all options take, and the ties between them.
    ///
    /// # Errors
    /// An option names nobody.
    pub fn apply(&self, report: &mut Report) -> Result<()> {
        let graph = &report.graph;
        let mut stay: BTreeSet<NodeId> = graph.nodes().map(|(id, _)| id).collect();
        if let Some(name) = &self.focus {
            let near = graph.within(lookup::find(graph, name)?, self.radius.min(u32::MAX - 1));
            stay = near.into_iter().map(|(node, _)| node).collect();
        }
        if let Some(name) = &self.community {
            let wanted = report.community(lookup::find(graph, name)?);
            stay.retain(|&node| report.community(node) == wanted);
        }
        if let Some(unknown) = self.types.iter().find(|wanted| !types(graph).contains(&***wanted)) {
            return Err(Error::new("--type", format!("no actor of the type `{unknown}`"))
                .way_out(format!("the types are {}", types(graph).into_iter().collect::<Vec<_>>().join(", "))));
        }
        if !self.types.is_empty() {
            stay.retain(|&node| self.types.iter().any(|wanted| graph.node(node).entity_type.name() == wanted));
        }
        if stay.len() < graph.n_nodes() {
            report.keep(&stay.into_iter().collect::<Vec<_>>());
        }
        Ok(())
    }
}

fn types(graph: &EntityGraph) -> BTreeSet<&str> {
    graph.nodes().map(|(_, node)| node.entity_type.name()).collect()
}
