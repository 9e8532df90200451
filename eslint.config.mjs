import next from "eslint-config-next/core-web-vitals";
import tseslint from "typescript-eslint";
import { wordsOnScreen } from "./e2e/structure/words-on-screen.mjs";

const screens = ["app/**/*.{ts,tsx}", "components/**/*.{ts,tsx}"];
const tests = ["**/*.test.{ts,tsx}", "**/*.spec.ts"];
const processFiles = ["lib/core/env.ts", "lib/processes/**", "e2e/**", "prisma/**", "*.config.*", ...tests];
const terminalFiles = ["lib/processes/**", "e2e/**", "prisma/**"];

const functionLength = (max) => ["error", { max, skipBlankLines: true, skipComments: true }];
const env = "Read lib/core/env.ts, which parses every variable once.";

export default tseslint.config(
  {
    ignores: [
      ".data/",
      ".next/",
      "dist/",
      "node_modules/",
      "prisma/generated/",
      "next-env.d.ts",
      "public/",
      "playwright-report/",
    ],
  },
  { linterOptions: { reportUnusedDisableDirectives: "error" } },
  {
    // The rules that need types are in lib/oxlint.json.
    files: ["**/*.{ts,tsx}"],
    extends: [tseslint.configs.base],
    rules: {
      "@typescript-eslint/no-explicit-any": "error",
      "@typescript-eslint/no-non-null-assertion": "error",
      "@typescript-eslint/consistent-type-imports": ["error", { fixStyle: "inline-type-imports" }],
      "@typescript-eslint/no-unused-vars": ["error", { argsIgnorePattern: "^_", ignoreRestSiblings: true }],
    },
  },
  {
    files: ["**/*.{ts,tsx,js,mjs,cjs}"],
    rules: {
      "no-console": "error",
      "no-empty": "error",
      "no-var": "error",
      "prefer-const": "error",
      eqeqeq: ["error", "always", { null: "ignore" }],
      "max-params": ["error", { max: 4 }],
      "max-lines": ["error", { max: 250 }],
      "max-lines-per-function": functionLength(60),
      "no-restricted-globals": ["error", { name: "process", message: env }],
      "no-restricted-imports": [
        "error",
        {
          paths: [
            { name: "node:process", message: env },
            { name: "process", message: env },
          ],
        },
      ],
    },
  },
  { files: screens, extends: [next] },
  // A door holds a use case, which the rule takes for a hook of React.
  {
    files: ["app/{_http,actions,api}/**/*.ts"],
    rules: { "react-hooks/rules-of-hooks": "off" },
  },
  { files: ["**/*.tsx"], rules: { "max-lines-per-function": functionLength(120) } },
  // What is in quotes inside braces is a machine's word, such as a file's name, and holds no sentence.
  {
    files: ["app/**/*.tsx", "components/**/*.tsx"],
    ignores: tests,
    rules: { "no-restricted-syntax": ["error", ...wordsOnScreen] },
  },
  { files: tests, rules: { "max-lines-per-function": "off", "max-lines": ["error", { max: 400 }] } },
  { files: processFiles, rules: { "no-restricted-globals": "off", "no-restricted-imports": "off" } },
  { files: terminalFiles, rules: { "no-console": "off" } },
);
