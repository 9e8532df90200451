/** A file of a room is a verb and a noun; a new verb is a new word of the house, added here on purpose. */
export const verbs = `
  accept activate add admit adopt answer approve archive ask assign attach authorize bind cancel change
  check choose clone close compare complete configure confirm connect create decide delete deliver deprecate
  detach detect disable discard dry-run enable end enroll ensure execute expire explain export extend fail
  find finish force grant hash hold import issue judge keep lease link locate lock look make map mark migrate
  modify notice notify observe open operate pause place plan power prepare preview project protect purge
  read reboot receive recheck record recount refresh register reject remember remove render reopen replay request
  require reset resolve restart restore resubmit resume retry reveal review revoke rotate route run seal send set
  settle sign skip start stop stream submit sync take test transfer update verify view withdraw
`
  .trim()
  .split(/\s+/);

/** What a room may hold besides its use cases and steps. */
export const roomNouns = ["rules", "machine", "schema", "queries", "store", "jobs", "labels"];

/** Nouns of one room, each the name of a thing that only this room has. */
export const ownNouns: Record<string, string[]> = {
  access: ["authorize", "visible"],
  identity: ["descriptors"],
  clusters: ["placement", "cluster-facts", "cluster-row", "reflector-leases"],
  notifications: ["en", "zh-cn", "samples"],
  requests: ["operation-table", "dispatcher"],
  vms: ["observation"],
  catalog: ["allowed-values", "exposed-fields", "forbidden-fields", "forbidden-keys"],
};

export const rooms = [
  ...["access", "settings", "notifications", "identity", "systems", "clusters", "catalog"],
  ...["vms", "snapshots", "console", "requests", "batches", "audit", "retention"],
];

/** Words that say nothing about what is inside; as a part of a file name, anywhere. */
export const emptyWords = [
  "helper",
  "helpers",
  "util",
  "utils",
  "utility",
  "utilities",
  "manager",
  "misc",
  "stuff",
];

/** Fine as a part of a name, empty as the whole of one. */
export const emptyNames = [
  "common",
  "service",
  "services",
  "index",
  "data",
  "info",
  "item",
  "items",
  "handle",
  "handler",
  "shared",
];
