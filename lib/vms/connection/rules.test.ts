import { describe, expect, test } from "vitest";
import {
  freeRdpCommand,
  imageUserOf,
  isAddress,
  isReachable,
  isUserName,
  rdpFile,
  sshCommand,
  sshConfig,
  virtctlCommands,
} from "./rules";
import type { VmConnection } from "./schema";

const badNames = [
  "",
  " ",
  "-oProxyCommand=touch /tmp/x",
  "--help",
  "root;reboot",
  "root && reboot",
  "root|sh",
  "$(reboot)",
  "`reboot`",
  "root\nProxyCommand sh",
  "root\r\nfull address:s:10.6.6.6",
  "root\u0000",
  "root@other.example",
  "root:password",
  "a/b",
  "..\\..\\x\\y",
  "'; reboot; '",
  '"root"',
  "root > /etc/passwd",
  "${HOME}",
  "root%0aUser x",
  "rööt",
  "\u202eroot",
  "x".repeat(65),
  "root ",
  "*",
];

describe("a name that would be more than a name is taken nowhere", () => {
  test.for(badNames)("%j", (name) => {
    expect(isUserName(name, "linux")).toBe(false);
    expect(isUserName(name, null)).toBe(false);
    expect(isUserName(name, "windows")).toBe(false);
  });

  test("it is more than twenty of them", () => {
    expect(new Set(badNames).size).toBeGreaterThanOrEqual(20);
  });
});

test("names that people have are taken", () => {
  for (const name of ["root", "ubuntu", "cloud-user", "ec2-user", "anna.b", "_svc", "A1"])
    expect(isUserName(name, "linux")).toBe(true);
  for (const name of ["Administrator", "CORP\\anna", "anna b", "corp.example\\svc-1"])
    expect(isUserName(name, "windows")).toBe(true);
  expect(isUserName("CORP\\anna", "linux")).toBe(false);
});

test("an address is one, whatever a cluster calls so", () => {
  for (const address of ["10.0.0.7", "255.255.255.255", "fd00::7", "::1", "db.shop.example", "vm-1"])
    expect(isAddress(address)).toBe(true);
  const bad = [
    "",
    "256.1.1.1",
    "10.0.0",
    "10.0.0.7 -oX",
    "10.0.0.7\nx",
    "a b",
    "-vm",
    "fd00::zz",
    "fe80::1%eth0",
  ];
  for (const address of [...bad, "a;b", "$(x)", "[::1]", "x".repeat(300), ":::::"])
    expect(isAddress(address)).toBe(false);
});

test("addresses that lead back to the machine itself are not offered", () => {
  for (const address of ["127.0.0.1", "169.254.1.1", "::1", "fe80::1"])
    expect(isReachable(address)).toBe(false);
  for (const address of ["10.0.0.7", "fd00::7"]) expect(isReachable(address)).toBe(true);
});

test("commands and the configuration entry name the account and the address", () => {
  const target = { user: "debian", address: "10.0.0.7" };
  expect(sshCommand(target)).toBe("ssh debian@10.0.0.7");
  expect(sshConfig("test-shop-web-01", target)).toBe(
    "Host test-shop-web-01\n  HostName 10.0.0.7\n  User debian",
  );
  expect(sshConfig("evil\n  ProxyCommand sh", target).split("\n")).toHaveLength(3);
  expect(freeRdpCommand({ user: "CORP\\anna", address: "fd00::7" })).toBe(
    "xfreerdp /v:[fd00::7] /u:'CORP\\anna' +clipboard /dynamic-resolution",
  );
  expect(freeRdpCommand({ user: null, address: "10.0.0.7" })).toBe(
    "xfreerdp /v:10.0.0.7 +clipboard /dynamic-resolution",
  );
});

test("a remote desktop file is lines of name, kind and value, and asks for the password", () => {
  expect(rdpFile({ user: "Administrator", address: "10.0.0.7" }).split("\r\n")).toEqual([
    "full address:s:10.0.0.7",
    "username:s:Administrator",
    "prompt for credentials:i:1",
    "authentication level:i:2",
    "redirectclipboard:i:1",
    "dynamic resolution:i:1",
    "",
  ]);
  expect(rdpFile({ user: null, address: "fd00::7" })).toMatch(/^full address:s:\[fd00::7\]\r\nprompt/);
});

test("at the cluster, a machine whose name is no plain one gets no command", () => {
  const connection: VmConnection = {
    vmId: "vm",
    name: "web-01",
    namespace: "test",
    address: "10.0.0.7",
    otherAddresses: [],
    observedAt: null,
    osFamily: "linux",
    user: null,
    hasCluster: true,
  };
  expect(virtctlCommands(connection, "debian")).toEqual([
    "virtctl ssh -n test debian@vm/web-01",
    "virtctl console -n test web-01",
    "virtctl vnc -n test web-01",
  ]);
  expect(virtctlCommands({ ...connection, name: "a;reboot" }, "debian")).toEqual([]);
});

test("an image's own account is known by the system's own name", () => {
  expect(imageUserOf("Ubuntu")).toBe("ubuntu");
  expect(imageUserOf("rhel")).toBe("cloud-user");
  expect(imageUserOf("constructor")).toBeNull();
  expect(imageUserOf(null)).toBeNull();
});
