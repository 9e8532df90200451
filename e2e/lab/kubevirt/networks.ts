import type { Cluster } from "./cluster";
import { domainOf } from "./controllers/machine-facts";
import { objectsAt, textAt } from "./json";
import { attachmentKind } from "./kinds";
import type { KubeObject } from "./objects";

/** The annotation by which a network of hardware names what it takes of a node. */
export const networkResource = "k8s.v1.cni.cncf.io/resourceName";

interface Attachment {
  /** The network's name within the machine. */
  name: string;
  /** `namespace/name` of the definition, whether there is one or not. */
  wanted: string;
  definition: KubeObject | undefined;
}

/** The networks beside the pod's own that an instance wants to be connected to. */
export function attachmentsOf(cluster: Cluster, instance: KubeObject): Attachment[] {
  return objectsAt(instance.spec, "networks").flatMap((network) => {
    const written = textAt(network, "multus", "networkName");
    if (written === undefined) return [];
    const own = instance.metadata.namespace ?? "default";
    const [namespace = own, name = written] = written.includes("/") ? written.split("/") : [own, written];
    const definition = cluster.store.get(attachmentKind, namespace, name);
    return [{ name: textAt(network, "name") ?? "", wanted: `${namespace}/${name}`, definition }];
  });
}

/** What the SR-IOV interfaces of an instance take of its node, one name per interface. */
export function interfaceResourcesOf(cluster: Cluster, instance: KubeObject): string[] {
  const interfaces = objectsAt(domainOf(instance), "devices", "interfaces");
  const hardware = interfaces.filter((device) => device["sriov"] !== undefined);
  if (hardware.length === 0) return [];
  const attachments = attachmentsOf(cluster, instance);
  return hardware.flatMap((device) => {
    const attachment = attachments.find((one) => one.name === textAt(device, "name"));
    const resource = attachment?.definition?.metadata.annotations?.[networkResource];
    return resource === undefined ? [] : [resource];
  });
}
