import type { VmConnection } from "./schema";

const shellUser = /^[A-Za-z_][A-Za-z0-9_.-]{0,31}$/;
const windowsUser =
  /^(?:[A-Za-z0-9][A-Za-z0-9.-]{0,62}\\)?[A-Za-z0-9_](?:[A-Za-z0-9 ._-]{0,18}[A-Za-z0-9_-])?$/;

/** A name that means itself in a shell, in a configuration and in a file of lines; it never looks like an option. */
export function isUserName(name: string, osFamily: VmConnection["osFamily"]): boolean {
  return (osFamily === "windows" ? windowsUser : shellUser).test(name);
}

const part = "(?:25[0-5]|2[0-4]\\d|1?\\d?\\d)";
const version4 = new RegExp(`^${part}(?:\\.${part}){3}$`);
const version6 = /^[0-9a-f:]{2,39}$/i;
const hostName =
  /^(?=.{1,253}$)[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?(?:\.[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?)*$/i;

/** What a cluster or a guest calls an address is its own word; only what is one is handed on. */
export function isAddress(text: string): boolean {
  if (text.includes(":")) return version6.test(text) && URL.canParse(`http://[${text}]/`);
  return /^[\d.]+$/.test(text) ? version4.test(text) : hostName.test(text);
}

/** Addresses that lead nowhere from elsewhere. */
export function isReachable(address: string): boolean {
  return isAddress(address) && !/^(?:127\.|169\.254\.|::1$|fe80:)/i.test(address);
}

interface Target {
  user: string;
  address: string;
}

export function sshCommand({ user, address }: Target): string {
  return `ssh ${user}@${address}`;
}

/** One entry of ~/.ssh/config; the machine's own name is the word to type. */
export function sshConfig(name: string, { user, address }: Target): string {
  return [`Host ${wordOf(name)}`, `  HostName ${address}`, `  User ${user}`].join("\n");
}

export function freeRdpCommand({ user, address }: { user: string | null; address: string }): string {
  const account = user === null ? "" : ` /u:'${user}'`;
  return `xfreerdp /v:${bracketed(address)}${account} +clipboard /dynamic-resolution`;
}

/** What Windows' own client opens; it asks for the password and warns of a certificate that it does not know. */
export function rdpFile({ user, address }: { user: string | null; address: string }): string {
  const lines = [
    `full address:s:${bracketed(address)}`,
    ...(user === null ? [] : [`username:s:${user}`]),
    "prompt for credentials:i:1",
    "authentication level:i:2",
    "redirectclipboard:i:1",
    "dynamic resolution:i:1",
  ];
  return `${lines.join("\r\n")}\r\n`;
}

/** For whoever has rights at the cluster: past the portal, and so without its records. */
export function virtctlCommands({ name, namespace }: VmConnection, user: string | null): string[] {
  if (wordOf(name) !== name || wordOf(namespace) !== namespace) return [];
  return [
    ...(user === null ? [] : [`virtctl ssh -n ${namespace} ${user}@vm/${name}`]),
    `virtctl console -n ${namespace} ${name}`,
    `virtctl vnc -n ${namespace} ${name}`,
  ];
}

/** A machine may have been named elsewhere. */
function wordOf(name: string): string {
  return hostName.test(name) ? name : "machine";
}

function bracketed(address: string): string {
  return address.includes(":") ? `[${address}]` : address;
}

/** The account that an operating system's own cloud images come with, by the name the system gives itself. */
const imageUsers = new Map([
  ["almalinux", "almalinux"],
  ["alpine", "alpine"],
  ["amzn", "ec2-user"],
  ["arch", "arch"],
  ["centos", "cloud-user"],
  ["cirros", "cirros"],
  ["debian", "debian"],
  ["fedora", "fedora"],
  ["rhel", "cloud-user"],
  ["rocky", "rocky"],
  ["ubuntu", "ubuntu"],
]);

export function imageUserOf(system: string | null): string | null {
  return imageUsers.get(system?.toLowerCase() ?? "") ?? null;
}
