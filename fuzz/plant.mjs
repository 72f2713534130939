// What fuzzing begins with: `node fuzz/plant.mjs FOLDER VECTORS` writes, for each target, FOLDER/TARGET with documents of its
// kind (ours, and those of others where VECTORS is there) and FOLDER/TARGET.dict with the words that occur in them.
import fs from "node:fs";
import path from "node:path";

const [folder, vectors] = process.argv.slice(2);
const LARGEST = 64 * 1024;
const MOST_WORDS = 3000;

/** Every file below these places whose path matches, by path. */
function files(pattern, ...places) {
  return places
    .filter((place) => fs.existsSync(place))
    .flatMap((place) => fs.readdirSync(place, { recursive: true }).map((name) => path.join(place, name)))
    .filter((file) => pattern.test(file) && fs.statSync(file).isFile() && fs.statSync(file).size <= LARGEST)
    .sort();
}

const read = (file) => fs.readFileSync(file);
const fixtures = "crates";
const ours = (pattern, ...places) => files(pattern, ...places, fixtures).map(read);
const published = (pattern, ...places) => files(pattern, ...places.map((place) => path.join(vectors, place))).map(read);

/** Both sides of each case of a compatibility test, as schemas. */
function cases(name) {
  const file = path.join(vectors, "schema-compat", name);
  const tests = fs.existsSync(file) ? JSON.parse(fs.readFileSync(file, "utf8")).tests : [];
  return tests.flatMap((test) => [test.original, test.updated]).map((schema) => Buffer.from(JSON.stringify(schema)));
}

/** Two contracts as the target takes them: no UTF-8 has the byte between them. */
const pair = (before, after) => Buffer.concat([read(before), Buffer.from([0xff]), read(after)]);

const contracts = [...ours(/\.odcs\.yaml$/, "contracts"), ...published(/\.odcs\.yaml$/, "odcs/examples", "odcs-evolution-probes")];
const products = [...ours(/\.odps\.yaml$/, "products"), ...published(/\.odps\.yaml$/, "odps")];
const befores = files(/before\.odcs\.yaml$/, fixtures).map((before) => [before, before.replace(/before(?=\.odcs)/, "after")]);
const changes = befores.filter(([, after]) => fs.existsSync(after)).map(([before, after]) => pair(before, after));
const probes = files(/(?<!base)\.odcs\.yaml$/, path.join(vectors, "odcs-evolution-probes"));

const seeds = {
  contract: contracts,
  product: products,
  document: [...contracts, ...products],
  diff: [...changes, ...probes.map((probe) => pair(path.join(path.dirname(probe), "base.odcs.yaml"), probe))],
  import_avro: [...ours(/fixtures\/.*\/avro\/[^/]*$|fixtures\/.*\.avsc$/), ...cases("apicurio-avro.json")],
  import_json_schema: [...ours(/fixtures\/.*\/json-schema\/[^/]*$|fixtures\/.*\.schema\.json$/), ...cases("apicurio-json-schema.json")],
  lineage: published(/\.json$/, "openlineage"),
  policies: [...files(/\.yaml$/, "policies").map(read), ...ours(/crates\/policy\/tests\/fixtures\/.*\.yaml$/)],
};

const words = (text) => text.match(/[\w$][\w$.-]{1,31}/g) ?? [];
const official = files(/crates\/contract\/schemas\/.*\.json$/, fixtures).map(read);

for (const target of files(/\.rs$/, "fuzz/fuzz_targets").map((file) => path.basename(file, ".rs"))) {
  const planted = [...(seeds[target] ?? []), ...files(/./, `fuzz/seeds/${target}`).map(read)];
  if (planted.length === 0) throw new Error(`nothing to begin with for ${target}: add fuzz/seeds/${target}`);
  fs.mkdirSync(path.join(folder, target), { recursive: true });
  planted.forEach((content, number) => fs.writeFileSync(path.join(folder, target, String(number)), content));
  const known = contracts === seeds[target] || target === "document" || target === "product" ? official : [];
  const dictionary = new Set([...known, ...planted].flatMap((content) => words(content.toString("latin1"))));
  const lines = [...dictionary].slice(0, MOST_WORDS).map((word) => `"${word}"\n`);
  fs.writeFileSync(path.join(folder, `${target}.dict`), lines.join(""));
}
