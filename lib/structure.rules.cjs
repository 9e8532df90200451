/** Who may import whom (dependency-cruiser). Moving a room in this line is an architectural decision. */
const rooms = [
  ...["access", "settings", "notifications", "identity", "systems", "clusters", "catalog"],
  ...["vms", "snapshots", "console", "requests", "batches", "audit", "retention"],
];
const pure =
  "^lib/vocabulary/|^lib/.*/(schema|machine|rules|labels)\\.ts$|^lib/core/(errors|state-machine|names|paging)\\.ts$";
const test = "\\.test\\.tsx?$";
const database = "@prisma/client|^prisma/generated/|^lib/core/(db|transaction)\\.ts$";
const sdks =
  "@kubernetes/client-node|openid-client|ldapts|node-saml|xml-crypto|@xmldom|nodemailer|@temporalio|ioredis";
const values = { dependencyTypesNot: ["type-only"] }; // importing a type is always allowed downhill

const forbid = (name, comment, from, to) => ({ name, comment, severity: "error", from, to });
const laterThan = (room) => rooms.slice(rooms.indexOf(room) + 1).join("|");

const floors = [
  forbid(
    "no-cycles",
    "two files that need each other are one file; a type may be named from either side",
    {},
    { circular: true, viaOnly: { dependencyTypesNot: ["type-only"] } },
  ),
  forbid(
    "lib-has-no-framework",
    "lib also runs in the worker; only the HTTP front starts the framework",
    { path: "^lib/", pathNot: `${test}|^lib/processes/web\\.ts$` },
    { path: "(^|node_modules/)(next|react|react-dom|server-only)(/|$)" },
  ),
  forbid(
    "lib-never-looks-up",
    "lib does not know who calls it",
    { path: "^lib/", pathNot: test },
    { path: "^(app|components)/" },
  ),
  forbid(
    "product-never-sees-e2e",
    "the lab is not product code",
    { path: "^(app|components|lib|prisma)/", pathNot: test },
    { path: "^e2e/" },
  ),
  forbid(
    "components-see-pure-files",
    "components get data as props",
    { path: "^components/" },
    { path: "^(lib|prisma)/", pathNot: pure, ...values },
  ),
  forbid(
    "components-use-actions-only",
    "the doors a component may open are server actions",
    { path: "^components/" },
    { path: "^app/", pathNot: "^app/actions/" },
  ),
  forbid(
    "shared-ui-knows-no-room",
    "components/ui could ship in another product",
    { path: "^components/ui/" },
    { path: "^(app|lib)/|^components/(?!ui/)" },
  ),
  forbid(
    "doors-hold-no-sql",
    "doors, processes and adapters never touch the database",
    { path: "^(app|components|lib/processes|lib/adapters)/", pathNot: test },
    { path: database, ...values },
  ),
];

const walls = [
  forbid(
    "vocabulary-imports-nothing",
    "words only",
    { path: "^lib/vocabulary/", pathNot: test },
    { path: "^(lib/(?!vocabulary/)|node_modules)" },
  ),
  forbid(
    "core-is-ground",
    "core knows no room and no outside system",
    { path: "^lib/core/", pathNot: test },
    { path: "^lib/(?!core/|vocabulary/)" },
  ),
  forbid(
    "adapters-know-no-room",
    "an adapter speaks to one outside system",
    { path: "^lib/adapters/([^/]+)/" },
    { path: "^lib/(?!core/|vocabulary/)", pathNot: "^lib/adapters/$1/" },
  ),
  forbid(
    "sdk-stays-in-its-adapter",
    "an outside system's client is imported in its adapter only",
    { path: "^(app|components|lib/(?!adapters/))" },
    { path: sdks },
  ),
];

const order = rooms
  .filter(laterThan)
  .map((room) =>
    forbid(
      `order-of-${room}`,
      `${room} may use only the rooms to its left`,
      { path: `^lib/${room}/`, pathNot: test },
      { path: `^lib/(${laterThan(room)})/` },
    ),
  );

const privacy = [
  forbid(
    "store-is-private",
    "another room's rows are reached through its use cases and queries",
    { path: "^lib/([^/]+)/" },
    { path: "^lib/.*/store\\.ts$", pathNot: "^lib/$1/" },
  ),
  forbid(
    "doors-open-no-store",
    "a door calls use cases and queries",
    { path: "^(app|components)/" },
    { path: "^lib/.*/store\\.ts$" },
  ),
  forbid(
    "pure-stays-pure",
    "vocabulary, schema, machine, rules and labels run in the browser too",
    { path: pure },
    { path: "^lib/|@prisma/client|^prisma/", pathNot: pure, ...values },
  ),
  forbid(
    "handlers-run-in-the-worker",
    "only the worker runs handlers",
    { pathNot: `^lib/processes/start-worker\\.ts$|${test}` },
    { path: "\\.handler\\.ts$" },
  ),
];

module.exports = {
  forbidden: [...floors, ...walls, ...order, ...privacy],
  options: {
    doNotFollow: { path: ["node_modules", "^prisma/generated/"] },
    exclude: { path: "^(\\.next|\\.data)/" },
    tsConfig: { fileName: "tsconfig.json" },
    tsPreCompilationDeps: true,
    enhancedResolveOptions: {
      exportsFields: ["exports"],
      conditionNames: ["import", "require", "node", "default", "types"],
    },
  },
};
