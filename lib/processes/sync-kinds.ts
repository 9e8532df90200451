import type { ClusterFailure } from "@/lib/adapters/kubevirt/failures";
import { virtualMachineInstanceSchema, virtualMachineSchema } from "@/lib/adapters/kubevirt/types";
import { dataVolumesPath, watchedVolumeSchema } from "@/lib/adapters/kubevirt/watch-volumes";
import type { ReflectorKind } from "@/lib/clusters/reflector-leases";
import type { VmObservation } from "@/lib/vms/observation";
import { projectObservation } from "@/lib/vms/project-observation";

interface FollowedKind {
  /** Of all namespaces. */
  path: string;
  /** Null for an object in no readable shape: no observation, though its name counts as present in a list. */
  project: (clusterId: string, object: unknown) => VmObservation | null;
  /** A failure after which this cluster need not be asked for a while. */
  isFinal: (failure: ClusterFailure) => boolean;
}

const never = () => false;

/** What is followed in each cluster. */
export const followedKinds: Record<ReflectorKind, FollowedKind> = {
  vm: {
    path: "/apis/kubevirt.io/v1/virtualmachines",
    project: (clusterId, object) => {
      const { data } = virtualMachineSchema.safeParse(object);
      return data === undefined ? null : projectObservation.ofMachine(clusterId, data);
    },
    isFinal: never,
  },
  vmi: {
    path: "/apis/kubevirt.io/v1/virtualmachineinstances",
    project: (clusterId, object) => {
      const { data } = virtualMachineInstanceSchema.safeParse(object);
      return data === undefined ? null : projectObservation.ofInstance(clusterId, data);
    },
    isFinal: never,
  },
  dv: {
    path: dataVolumesPath,
    project: (clusterId, object) => {
      const { data } = watchedVolumeSchema.safeParse(object);
      return data === undefined ? null : projectObservation.ofVolume(clusterId, data);
    },
    // Without CDI there is nothing to follow, and without the right to look, nothing to insist on.
    isFinal: ({ status }) => status === 404 || status === 403,
  },
};
