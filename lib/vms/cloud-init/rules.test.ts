import { describe, expect, test } from "vitest";
import { hideSecrets } from "./rules";

const canary = "canary-7f3a";

describe("secrets of a first-start configuration", () => {
  const shapes: [string, string][] = [
    ["a password", `#cloud-config\npassword: ${canary}\n`],
    ["a quoted key", `#cloud-config\n"passwd": "${canary}"\n`],
    ["a user's hash", `#cloud-config\nusers:\n  - name: dana\n    hashed_passwd: ${canary}\n`],
    ["chpasswd as text", `#cloud-config\nchpasswd:\n  expire: false\n  list: |\n    root:${canary}\n`],
    ["chpasswd as a list", `#cloud-config\nchpasswd:\n  users:\n    - {name: root, password: ${canary}}\n`],
    ["a block of text", `#cloud-config\napi_token: |\n  ${canary}\n  more\n`],
    ["flow style", `#cloud-config\nrhsm: {org: acme, secret-key: ${canary}}\n`],
    ["a private key", `#cloud-config\nssh_keys:\n  rsa_private: |\n    ${canary}\n`],
    [
      "a private key under any name",
      `#cloud-config\nthing: |\n  -----BEGIN OPENSSH PRIVATE KEY-----\n  ${canary}\n  -----END OPENSSH PRIVATE KEY-----\n`,
    ],
    ["a crypt hash in a list", `#cloud-config\nvalues:\n  - "$6$salt$${canary}"\n`],
    [
      "a file that says so by its name",
      `#cloud-config\nwrite_files:\n  - path: /etc/app/secret.env\n    content: ${canary}\n`,
    ],
    [
      "a file that says so by its text",
      `#cloud-config\nwrite_files:\n  - path: /etc/app.env\n    content: "DB_PASSWORD=${canary}"\n`,
    ],
  ];
  test.for(shapes)("%s is hidden", ([, text]) => {
    const shown = hideSecrets(text);
    expect(shown).toContain("••••••••");
    expect(shown).not.toContain(canary);
  });

  test("everything else stays readable", () => {
    const text = `#cloud-config\nhostname: web-01\npackages:\n  - nginx\nssh_authorized_keys:\n  - ssh-ed25519 AAAA dana\n`;
    const shown = hideSecrets(text);
    expect(shown).toContain("hostname: web-01");
    expect(shown).toContain("- nginx");
    expect(shown).toContain("ssh-ed25519 AAAA dana");
  });

  test("what is no mapping is not shown, because nothing in it can be told apart", () => {
    expect(hideSecrets(`#!/bin/sh\nexport TOKEN=${canary}\n`)).toBeNull();
    expect(hideSecrets(`a: [unclosed ${canary}`)).toBeNull();
    expect(hideSecrets("  ")).toBe("");
  });
});
