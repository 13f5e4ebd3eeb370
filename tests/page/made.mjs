// Saved graphs that are made by rule, for the page to show: a large one, and one of hostile names.

/** A graph of so many actors in groups, with ties and a sentence for each. */
export function crowd(actors, ties) {
  // A generator of Park & Miller (1988): the same graph on every machine.
  let seed = 20250519;
  const random = () => (seed = (seed * 48271) % 2147483647) / 2147483647;
  const types = ["person", "place", "organization"];
  const first = ["Ada", "Bo", "Cleo", "Dmitri", "Elif", "Farid", "Greta", "Hugo", "Ines", "Jun"];
  const last = ["Okafor", "Lindqvist", "Marquez", "Tanaka", "Weber", "Novak", "Haddad", "Silva", "Petrov", "Byrne"];
  const day = (number) => new Date(Date.UTC(2024, 0, 1 + (number % 400))).toISOString().slice(0, 10);
  const documents = Array.from({ length: 800 }, (_, number) => ({ id: `made/${number}.txt`, title: `Story ${number}`, date: day(number), source: null }));
  const nodes = Array.from({ length: actors }, (_, number) => ({
    id: `actor-${number}`, name: `${first[number % 10]} ${last[Math.floor(number / 10) % 10]} ${number}`, type: types[number % 3],
    mentions: 3 + Math.floor(2000 / (number + 1)), sentences: 2 + Math.floor(2000 / (number + 1)), documents: 2,
    first: "2024-01-01", last: day(399), aliases: { [`${last[Math.floor(number / 10) % 10]} ${number}`]: 2 }, affiliations: {}, days: { "2024-01-01": 1, [day(number)]: 2 },
    measures: { degree: 1, strength: 2 }, community: `actor-${number % 60}`,
  }));
  const edges = new Map();
  while (edges.size < ties) {
    const a = Math.floor(actors * random() ** 2);
    const near = random() < 0.85;
    const b = near ? (a + 60 * Math.ceil(random() * 12)) % actors : Math.floor(actors * random());
    if (a === b) continue;
    const key = `${Math.min(a, b)} ${Math.max(a, b)}`;
    if (edges.has(key)) continue;
    const n = 1 + Math.floor(12 * random() ** 4);
    const evidence = Array.from({ length: Math.min(n, 4) }, (_, number) => {
      const text = `${nodes[a].name} met ${nodes[b].name} in the harbour town and spoke about the price of fish for the ${number + 1}. time.`;
      const at = (start, length) => ({ start, end: start + length, rule: "gazetteer" });
      return { document: documents[(edges.size * 7 + number * 31) % 800].id, sentence: 1 + (edges.size % 40), text, source: at(0, nodes[a].name.length), target: at(nodes[a].name.length + 5, nodes[b].name.length) };
    });
    const days = {};
    for (const { document } of evidence) days[documents[document.match(/\d+/)[0]].date] = 1;
    edges.set(key, { source: nodes[a].id, target: nodes[b].id, sentences: n, documents: Math.min(n, 4), weight: n, days, measures: {}, evidence });
  }
  return saved(nodes, [...edges.values()], documents, []);
}

/** Names that try to run as a script, each tied to the next, in a document as hostile. */
export function hostile() {
  const bad = "document.documentElement.dataset.hacked='yes';alert(1)";
  const names = [
    `</script><script>${bad}</script>`, `<img src=x onerror="${bad}">`, `"><svg onload="${bad}">`, "<!--<script>", `javascript:${bad}`,
    `' onfocus='${bad}' autofocus='`, "]]>", "{{graph}}", "\u2028\u2029", "=cmd|' /C calc'!A0", "\u202etfel", `</title><script>${bad}</script>`,
    "</style><style>*{display:none}", "x".repeat(20_000), " ", "__proto__", "constructor",
  ];
  const documents = [{ id: names[0], title: names[1], date: "2025-05-19", source: names[2] }, { id: "second", title: null, date: "2025-05-21", source: null }];
  const nodes = names.map((name, number) => ({
    id: `${number} ${name}`.slice(0, 300), name, type: number % 4 === 3 ? names[1] : ["person", "place", "organization"][number % 4],
    mentions: 5, sentences: 50 - number, documents: 1, first: null, last: "2025-05-19", aliases: { [name]: 2, [names[0]]: 1 },
    affiliations: { [names[1]]: 1 }, days: { "2025-05-19": 1 }, measures: { degree: 2 }, community: name,
  }));
  const edges = nodes.slice(1).map((node, at) => {
    const text = `${names[at]} met ${node.name}`;
    const side = (start, length) => ({ start, end: start + length, rule: "title" });
    const points = (name) => [...name].length;
    return {
      source: nodes[at].id, target: node.id, sentences: 1, documents: 1, weight: 1, measures: {},
      evidence: [{ document: documents[at % 2].id, sentence: at + 1, text, source: side(0, points(names[at])), target: side(points(names[at]) + 5, points(node.name)) }],
    };
  });
  const unclear = { surface: names[0], type: "person", candidates: [names[1], nodes[2].id], count: 2, document: names[0], sentence: 90, text: names[0], start: 0, end: 5 };
  return saved(nodes, edges, documents, [unclear]);
}

function saved(nodes, edges, documents, ambiguous) {
  const corpus = { documents: documents.length, sentences: 9000, units: 9000, words: 120000, mentions: 20000, abstained: 2, first: null, last: null };
  return { schema: 1, settings: {}, corpus, documents, ambiguous, nodes, edges };
}
