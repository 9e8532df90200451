import type { Answer } from "../call";
import { ok } from "../call";
import type { Cluster } from "../cluster";
import { conflict, notFound, plainFailure } from "../failures";
import type { GuestWord } from "../guest-words";
import type { JsonObject } from "../json";
import { objectAt, textAt } from "../json";
import { instanceKind } from "../kinds";
import type { KubeObject } from "../objects";
import { hasCondition, phaseOf, volumesOf } from "../controllers/machine-facts";
import type { Action } from "./actions";

/** What the guest agent tells. KubeVirt answers every error here with 500 and plain text. */
export function askGuestAgent(action: Action, question: string): Answer {
  const instance = requireAgent(action);
  switch (question) {
    case "userlist":
      return ok({ metadata: {}, items: userList(action.cluster, instance) });
    case "filesystemlist":
      return ok({ metadata: {}, items: disksOf(action.cluster, instance) });
    default:
      return ok(guestInformation(action.cluster, instance));
  }
}

function requireAgent({ cluster, path }: Action): KubeObject {
  const target = { resource: "virtualmachineinstance", group: "kubevirt.io", name: path.name };
  const instance = cluster.store.get(instanceKind, path.namespace, path.name);
  if (!instance) throw plainFailure(500, notFound(target).message);
  if (phaseOf(instance) !== "Running")
    throw plainFailure(500, conflict(target, "VMI is not running").message);
  if (!hasCondition(instance, "AgentConnected")) {
    throw plainFailure(500, conflict(target, "VMI does not have guest agent connected").message);
  }
  return instance;
}

function guestInformation(cluster: Cluster, instance: KubeObject): JsonObject {
  return {
    guestAgentVersion: "10.0.2",
    hostname: textAt(instance.spec, "hostname") ?? instance.metadata.name,
    os: objectAt(instance.status, "guestOSInfo"),
    timezone: "UTC, 0",
    supportedCommands: [
      "guest-ping",
      "guest-info",
      "guest-get-osinfo",
      "guest-get-fsinfo",
      "guest-fsfreeze-freeze",
    ].map((name) => ({ name, enabled: true })),
    userList: userList(cluster, instance),
    fsInfo: { disks: disksOf(cluster, instance) },
    fsFreezeStatus: textAt(instance.status, "fsFreezeStatus") ?? "thawed",
    ...wordOf(cluster, instance).system,
  };
}

function wordOf(cluster: Cluster, { metadata }: KubeObject): GuestWord {
  return cluster.guestWords.of(metadata.namespace, metadata.name);
}

function userList(cluster: Cluster, instance: KubeObject): JsonObject[] {
  const said = wordOf(cluster, instance).users;
  if (said !== undefined) return said;
  const startedAt = Date.parse(instance.metadata.creationTimestamp) / 1000;
  return [{ userName: "lab", loginTime: startedAt + 12.25 }];
}

function disksOf(cluster: Cluster, instance: KubeObject): JsonObject[] {
  const said = wordOf(cluster, instance).filesystems;
  if (said !== undefined) return said;
  const root = volumesOf(instance).find((volume) => volume["dataVolume"] ?? volume["persistentVolumeClaim"]);
  return [
    {
      diskName: "vda1",
      mountPoint: "/",
      fileSystemType: "ext4",
      usedBytes: 1_843_200_000,
      totalBytes: 10_434_699_264,
      disk: [{ busType: "virtio", serial: textAt(root, "name") ?? "" }],
    },
  ];
}
