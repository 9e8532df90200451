import { z } from "zod";
import type { InstanceDevices } from "@/lib/adapters/kubevirt/machine-devices";
import type { VirtualMachine } from "@/lib/adapters/kubevirt/types";
import { valueAt } from "../modification/live/rules";
import type { InterfaceRow } from "./schema";

const interfacesMax = 32;
const addressesMax = 32;

const word = z.string().max(253).nullable().catch(null).default(null);
const definition = z.looseObject({ name: z.string().max(253), model: word, macAddress: word });
const definitions = z.array(definition).catch([]);
const networks = z.array(z.looseObject({ name: z.string().max(253) })).catch([]);

type Seen = InstanceDevices["interfaces"][number];

/** Those of the definition in its order, then those that only the running guest knows. */
export function projectInterfaces(machine: VirtualMachine, devices: InstanceDevices | null): InterfaceRow[] {
  const seen = devices?.interfaces ?? [];
  const defined = definitions.parse(valueAt(machine, "spec.template.spec.domain.devices.interfaces"));
  const rows = defined.map((one) =>
    definedOf(
      machine,
      one,
      seen.find(({ name }) => name === one.name),
    ),
  );
  const names = new Set(defined.map(({ name }) => name));
  const others = seen.filter(({ name }) => name === null || !names.has(name));
  return [...rows, ...others.map(guestOwn)].slice(0, interfacesMax);
}

function definedOf(
  machine: VirtualMachine,
  one: z.output<typeof definition>,
  seen: Seen | undefined,
): InterfaceRow {
  return {
    name: one.name,
    model: one.model,
    binding: bindingOf(one),
    ...networkOf(machine, one.name),
    ...(seen === undefined ? unseen : seenOf(seen)),
    mac: seen?.mac ?? one.macAddress,
    isFixedMac: one.macAddress !== null,
  };
}

function guestOwn(seen: Seen): InterfaceRow {
  return {
    name: null,
    model: null,
    binding: null,
    network: "unknown",
    networkName: null,
    mac: seen.mac,
    isFixedMac: false,
    ...seenOf(seen),
  };
}

const unseen = { addresses: [], deviceName: null, source: null, linkState: null };

function seenOf({ ipAddress, ipAddresses, interfaceName, infoSource, linkState }: Seen) {
  const all = ipAddress === null ? ipAddresses : [ipAddress, ...ipAddresses];
  return {
    addresses: [...new Set(all)].slice(0, addressesMax),
    deviceName: interfaceName,
    source: infoSource,
    linkState,
  };
}

const bindings = ["masquerade", "bridge", "sriov", "passt", "passtBinding", "slirp", "macvtap"];

function bindingOf(one: z.output<typeof definition>): string | null {
  const plugin = valueAt(one, "binding.name");
  if (typeof plugin === "string") return plugin.slice(0, 100);
  return bindings.find((name) => one[name] !== undefined && one[name] !== null) ?? null;
}

function networkOf(machine: VirtualMachine, name: string): Pick<InterfaceRow, "network" | "networkName"> {
  const all = networks.parse(valueAt(machine, "spec.template.spec.networks"));
  const one = all.find((network) => network.name === name);
  if (one?.["pod"] !== undefined) return { network: "pod", networkName: null };
  const multus = one === undefined ? null : valueAt(one, "multus.networkName");
  if (typeof multus === "string") return { network: "multus", networkName: multus.slice(0, 300) };
  return { network: "unknown", networkName: null };
}
