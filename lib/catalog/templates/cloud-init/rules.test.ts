import { describe, expect, test } from "vitest";
import { checkCloudInit, cloudInitBytesMax } from "./rules";

const head = "#cloud-config\n";
const codesOf = (text: string, oneTimePassword = false) =>
  checkCloudInit(text, { oneTimePassword }).map(({ severity, code }) => `${severity}:${code}`);

describe("what cloud-init a template may hold", () => {
  test.for([
    "",
    head,
    `${head}packages: [curl, vim]\nruncmd:\n  - [systemctl, restart, nginx]\n`,
    `${head}---\nwrite_files:\n  - path: /etc/motd\n    permissions: "0644"\n    content: |\n      Hello, \${USER}.\n`,
    `${head}users:\n  - default\n  - name: ops\n    ssh_authorized_keys: [ssh-ed25519 AAAAC3Nz]\n    lock_passwd: true\n`,
    `${head}chpasswd: {expire: false}\n`,
    `${head}? a\n: 1\n`,
  ])("%j is fine", (text) => {
    expect(codesOf(text)).toEqual([]);
  });

  test.for([
    ["users: []", "cloud_config_head_missing"],
    ["#cloud-config-archive\n- type: text/x-shellscript", "cloud_config_head_missing"],
    ["#cloud-config-jsonp\n[]", "cloud_config_head_missing"],
    ["#include https://elsewhere.example/script", "cloud_config_head_missing"],
    ["#!/bin/sh\nreboot", "cloud_config_head_missing"],
    ["#cloud-boothook\nreboot", "cloud_config_head_missing"],
    ["#part-handler\n", "cloud_config_head_missing"],
    ["## template: jinja\n#cloud-config\na: 1", "cloud_config_head_missing"],
    ["Content-Type: multipart/mixed; boundary=x", "cloud_config_head_missing"],
    ["\ufeff#cloud-config\na: 1", "cloud_config_head_missing"],
    [`${head}a: [1`, "invalid_yaml"],
    [`${head}a: 1\na: 2`, "invalid_yaml"],
    [`${head}a: 1\n---\nb: 2`, "invalid_yaml"],
    [`${head}\ta: 1`, "invalid_yaml"],
    [`${head}%YAML 1.1\n---\na: 1`, "document_marker"],
    [`${head}a: 1\n...\n`, "document_marker"],
    [`${head}- not\n- a mapping`, "not_a_mapping"],
    [`${head}only words`, "not_a_mapping"],
    [`${head}{a: 1}`, "flow_mapping"],
    [`${head}a: &x 1\nb: 2`, "alias"],
    [`${head}a: &a [x,x]\nb: &b [*a,*a]\nc: [*b,*b]\n`, "alias"],
    [`${head}<<: {a: 1}`, "merge_key"],
    [`${head}a: !!js/function "x"`, "tag"],
    [`${head}a: !!python/object/apply:os.system ["id"]`, "tag"],
    [`${head}a: !!binary aGk=`, "tag"],
    [`${head}a: !!map {b: 1}`, "tag"],
    [`${head}a: !secret x`, "tag"],
    [`${head}? [a, b]\n: 1`, "odd_key"],
    [`${head}: 1`, "odd_key"],
    [`${head}a: =`, "bare_sign"],
    [`${head}=: 1`, "bare_sign"],
    [`${head}a: [<<]`, "bare_sign"],
    [`${head}__proto__: {a: 1}`, "odd_key"],
    [`${head}a: {constructor: {prototype: 1}}`, "odd_key"],
    [`${head}a: ${"[".repeat(20)}${"]".repeat(20)}`, "too_deep"],
    [`${head}a: [${"1,".repeat(1001)}]`, "too_many_nodes"],
    [`${head}a: ${"x".repeat(2100)}`, "cloud_init_too_long"],
    [`${head}a: \u0000`, "odd_character"],
    [`${head}a: 1 # \u2028password: x`, "odd_character"],
    [`${head}a: 1 # \u0085password: x`, "odd_character"],
    [`${head}a: \u202etxet`, "odd_character"],
    [`${head}a: \ud800`, "odd_character"],
    [`${head}a: 1\r\rb: 2`, "odd_character"],
    [`${head}hostname: "{{ v1.local_hostname }}"`, "template_variable"],
    [`${head}hostname: "\${{ inputs.name }}"`, "template_variable"],
    [`${head}a: "{% for x in y %}"`, "template_variable"],
    [`${head}password: hunter2`, "plain_password"],
    [`${head}"pass\\x77ord": hunter2`, "plain_password"],
    [`${head}chpasswd:\n  list: |\n    root:hunter2\n`, "plain_password"],
    [`${head}chpasswd: {users: [{name: root, password: hunter2, type: text}]}`, "plain_password"],
    [`${head}chpasswd: {users: [{name: root, type: RANDOM}]}`, "plain_password"],
    [`${head}chpasswd: {users: [{name: root, password: hunter2}]}`, "plain_password"],
    [`${head}users: [{name: a, plain_text_passwd: hunter2}]`, "plain_password"],
    [`${head}users: [{name: a, passwd: hunter2}]`, "plain_password"],
    [`${head}ssh_keys: {rsa_private: "-----BEGIN RSA PRIVATE KEY-----"}`, "private_key"],
    [`${head}write_files: [{path: /k, content: "-----BEGIN OPENSSH PRIVATE KEY-----"}]`, "private_key"],
    [`${head}rh_subscription: {username: a, password: b}`, "secret"],
    [`${head}ubuntu_pro: {token: C1234}`, "secret"],
    [`${head}vendor_data: {enabled: true}`, "outside_instructions"],
    [`${head}datasource: {Ec2: {metadata_urls: ["http://x"]}}`, "outside_instructions"],
    [`${head}cloud_final_modules: [scripts-user]`, "platform_settings"],
  ] as const)("%j is refused: %s", ([text, code]) => {
    const [first] = codesOf(text);
    expect(first).toBe(`error:${code}`);
  });

  test.for([
    [`${head}ssh_pwauth: yes`, "password_sign_in"],
    [`${head}disable_root: False`, "root_sign_in"],
    [`${head}ssh_deletekeys: 0`, "shared_host_keys"],
    [`${head}phone_home: {url: "https://home.example"}`, "tells_outside"],
    [`${head}reporting: {hook: {type: webhook, endpoint: "https://x.example"}}`, "tells_outside"],
    [`${head}ssh_import_id: ["gh:somebody"]`, "keys_from_outside"],
    [`${head}users: [{name: a, passwd: $6$salt$hash}]`, "shared_password"],
    [`${head}chpasswd: {users: [{name: a, password: $6$salt$hash}]}`, "shared_password"],
  ] as const)("%j is allowed with a warning: %s", ([text, code]) => {
    expect(codesOf(text)).toEqual([`warning:${code}`]);
  });

  test("a problem stands at its line and column", () => {
    const [problem] = checkCloudInit(`${head}packages: [curl]\nusers:\n  - name: a\n    passwd: hunter2\n`);

    expect(problem).toMatchObject({ line: 5, column: 5, endLine: 5, endColumn: 11, code: "plain_password" });
  });

  test("a first password's own lines count, and its place must be free", () => {
    const text = `${head}a: ${"x".repeat(cloudInitBytesMax - 100)}`;

    expect(codesOf(text)).toEqual([]);
    expect(codesOf(text, true)).toEqual(["error:cloud_init_too_long"]);
    expect(codesOf(`${head}chpasswd: {expire: false}`, true)).toEqual(["error:chpasswd_taken"]);
  });

  test("bombs end within a moment", () => {
    const started = performance.now();
    const bombs = [
      `${head}${Array.from({ length: 60 }, (_, index) => `k${index}: &k${index} [*k${index}, *k${index}]`).join("\n")}`,
      `${head}a: ${"{a: ".repeat(400)}1${"}".repeat(400)}`,
      `${head}${"- ".repeat(900)}x`,
      `${head}a: "${"\\u0041".repeat(300)}"`,
      `${head}${"? ".repeat(900)}`,
      `${head}a: ${"!!x ".repeat(400)}`,
      head + "a:\n".repeat(600),
      "[".repeat(2_000_000),
      `${head}${" ".repeat(31_000)}a: 1`,
    ];

    for (const bomb of bombs)
      expect(codesOf(bomb).some((code) => code.startsWith("error:"))).toBe(!bomb.startsWith(`${head}a: "`));
    expect(performance.now() - started).toBeLessThan(2_000);
  });
});
