import fs from "node:fs";
import path from "node:path";
import { expect, test } from "vitest";
import { checkDoors } from "@/e2e/structure/check-doors";
import { checkLockIsWhole } from "@/e2e/structure/check-lock-is-whole";
import { checkNames } from "@/e2e/structure/check-names";
import { checkUseCases, type Exemptions } from "@/e2e/structure/check-use-cases";
import { checkVersions } from "@/e2e/structure/check-versions";
import {
  checkEnvironmentReads,
  checkPureFilesHaveNoClock,
  checkWordsAreUsed,
} from "@/e2e/structure/check-words";
import { parseFile } from "@/e2e/structure/parse-file";
import { readTree } from "@/e2e/structure/read-tree";
import { auditActions } from "@/lib/vocabulary/audit-actions";

/** May only shrink: each entry is a use case that breaks a rule for the reason given. */
const exemptions: Exemptions = {
  permission: {
    "lib/clusters/reflector-leases.ts": "the worker's own bookkeeping of who follows which cluster",
    "lib/identity/sign-in-with-password.ts": "whoever signs in is nobody yet",
    "lib/identity/providers/sign-in/admit-visitor.ts": "whoever signs in is nobody yet",
    "lib/identity/providers/sign-in/receive-saml-response.ts": "whoever signs in is nobody yet",
    "lib/identity/providers/sign-in/record-refused-sign-in.ts": "whoever was not let in is nobody yet",
    "lib/vms/observe-vm.ts": "the cluster reports; no person acts",
  },
  audit: {
    "lib/clusters/reflector-leases.ts": "a lease changes nothing that a person could ask about",
  },
};

/** May only shrink: routes that another party's protocol or a probe shapes. */
const routesOfTheirOwn: Record<string, string> = {
  "app/api/auth/[...nextauth]/route.ts": "next-auth speaks its own protocol",
  "app/api/calendar/[feed]/route.ts": "a calendar in the words of RFC 5545",
  "app/api/health/live/route.ts": "a probe",
  "app/api/health/ready/route.ts": "a probe",
  "app/api/metrics/route.ts": "the text format of Prometheus",
  "app/api/stream/route.ts": "an event stream never ends",
  "app/api/v1/auth/providers/[id]/backchannel-logout/route.ts":
    "OpenID's back channel sends a form and reads 200 or 400",
  "app/api/v1/auth/providers/[id]/callback/route.ts": "a browser comes back from a provider and is sent on",
  "app/api/v1/auth/providers/[id]/login/start/route.ts": "by GET it is a link that leads to the provider",
  "app/api/v1/auth/providers/[id]/metadata/route.ts": "a SAML document in XML",
  "app/api/v1/webhooks/approval-callback/route.ts": "a desk signs the bytes of its call, and has no session",
  "app/api/v1/external-approval/pending/route.ts": "a desk signs the words of its call, and has no session",
  "app/api/v1/external-approval/tickets/[id]/decision/route.ts":
    "a desk signs the bytes of its call, and has no session",
  "app/api/v1/template-logos/[id]/route.ts": "the bytes of a picture",
  "app/api/v1/vms/[id]/screenshot/route.ts": "the bytes of a picture",
  "app/api/v1/templates/[id]/export/helm/route.ts": "the bytes of an archive",
  "app/api/v1/templates/[id]/export/route.ts": "a file of YAML to keep",
  "app/api/v1/vms/[id]/rdp/route.ts": "a file that a remote desktop client opens",
  "app/api/v1/vms.csv/route.ts": "a table of any length, sent as it is read",
  "app/api/v1/openapi.json/route.ts": "the document of the routes that defineRoute makes",
};

const root = path.resolve(import.meta.dirname, "..");
const files = readTree(root).map(parseFile);
const byPath = new Map(files.map((file) => [file.path, file]));

const ROOT_ENTRIES = [
  ...["app", "components", "e2e", "lib", "prisma", "public", ".ci"],
  ...[
    "README.md",
    "package.json",
    "package-lock.json",
    "next.config.js",
    "tailwind.config.ts",
    "postcss.config.mjs",
  ],
  ...["tsconfig.json", "eslint.config.mjs", "prisma.config.ts", ".env.example"],
  ...[".gitignore", ".prettierrc.json", ".prettierignore"],
];
/** Made by tools or people's machines, and ignored by git. */
const NOT_OURS = [".git", ".data", ".next", "dist", "node_modules", "next-env.d.ts", ".env", "test-results"];

test("the root holds what the card names and what tools insist on", () => {
  const strangers = fs.readdirSync(root).filter((name) => ![...ROOT_ENTRIES, ...NOT_OURS].includes(name));
  expect(strangers.filter((name) => !name.endsWith(".tsbuildinfo"))).toEqual([]);
});

test("every file's name says what it does, in the words of its room", () => {
  expect(checkNames(files)).toEqual([]);
});

test("every use case asks for a permission and leaves an audit record", () => {
  expect(checkUseCases(byPath, exemptions)).toEqual([]);
});

test("every action and every route is made by its maker", () => {
  expect(checkDoors(files, routesOfTheirOwn)).toEqual([]);
});

test("every audit action is recorded somewhere", () => {
  expect(checkWordsAreUsed(auditActions, files)).toEqual([]);
});

test("only lib/core/env.ts reads the environment", () => {
  expect(checkEnvironmentReads(files)).toEqual([]);
});

test("rules, machines, schemas and words look at no clock", () => {
  expect(checkPureFilesHaveNoClock(files)).toEqual([]);
});

// npm's own file; entries without a version are links.
const lock = JSON.parse(fs.readFileSync(path.join(root, "package-lock.json"), "utf8")) as {
  packages: Record<string, { version?: string; optionalDependencies?: Record<string, string> }>;
};

test("no banned version of a package is locked", () => {
  expect(Object.keys(lock.packages).length).toBeGreaterThan(100);
  expect(checkVersions(lock.packages)).toEqual([]);
});

test("every package that a platform may need is locked, so that npm ci takes the lock file", () => {
  expect(checkLockIsWhole(lock.packages)).toEqual([]);
});
