import { ClusterFailure } from "./failures";

export const kubevirtGroup = { group: "kubevirt.io", version: "v1" } as const;

const objectName = /^[a-z0-9](?:[-a-z0-9.]{0,251}[a-z0-9])?$/;

/** A name as the cluster would accept it; ".." or a slash would ask for another object than the one meant. */
export function checkedName(name: string): string {
  if (objectName.test(name) && !name.includes("..")) return name;
  throw new ClusterFailure("rejected", `"${name.slice(0, 100)}" cannot be the name of an object`, {
    reason: "InvalidName",
  });
}

export function virtualMachinePath(namespace: string, name: string): string {
  return `/apis/kubevirt.io/v1/namespaces/${checkedName(namespace)}/virtualmachines/${checkedName(name)}`;
}

export function subresourcePath(
  namespace: string,
  plural: "virtualmachines" | "virtualmachineinstances",
  rest: { name: string; subresource: string },
): string {
  const place = `${checkedName(namespace)}/${plural}/${checkedName(rest.name)}`;
  return `/apis/subresources.kubevirt.io/v1/namespaces/${place}/${rest.subresource}`;
}
