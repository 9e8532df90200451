import { noticeVersionJob } from "@/lib/catalog/fields/jobs";
import type { Job } from "@/lib/core/jobs";
import { closeRequestJob } from "@/lib/requests/jobs";
import { cloneVmJob, deleteSnapshotJob, restoreSnapshotJob, takeSnapshotJob } from "@/lib/snapshots/jobs";
import { importVmJob } from "@/lib/vms/adoption/jobs";
import { modifyVmJob } from "@/lib/vms/modification/jobs";
import { createVmJob, deleteVmJob, powerVmJob } from "@/lib/vms/jobs";
import type { EventType } from "@/lib/vocabulary/event-types";

type EventJob = Job<{ eventId: string }>;

/** Event moved on or closed → who is told. */
export const subscriptions: Partial<Record<EventType, readonly EventJob[]>> = {
  VM_CREATION_REQUESTED: [closeRequestJob],
  VM_DELETION_REQUESTED: [closeRequestJob],
  VM_START_REQUESTED: [closeRequestJob],
  VM_STOP_REQUESTED: [closeRequestJob],
  VM_RESTART_REQUESTED: [closeRequestJob],
  VM_FORCE_STOP_REQUESTED: [closeRequestJob],
  VM_PAUSE_REQUESTED: [closeRequestJob],
  VM_RESUME_REQUESTED: [closeRequestJob],
  VM_SOFT_REBOOT_REQUESTED: [closeRequestJob],
  VM_RESET_REQUESTED: [closeRequestJob],
  VM_MODIFICATION_REQUESTED: [closeRequestJob],
  VM_SNAPSHOT_REQUESTED: [closeRequestJob],
  VM_RESTORE_REQUESTED: [closeRequestJob],
  VM_CLONE_REQUESTED: [closeRequestJob],
  ClusterKubeVirtVersionChanged: [noticeVersionJob],
};

/** Event → the job that works on it; the sweep enqueues it again when nobody does. */
export const workOf: Partial<Record<EventType, EventJob>> = {
  VM_CREATION_REQUESTED: createVmJob,
  VM_DELETION_REQUESTED: deleteVmJob,
  VM_START_REQUESTED: powerVmJob,
  VM_STOP_REQUESTED: powerVmJob,
  VM_RESTART_REQUESTED: powerVmJob,
  VM_FORCE_STOP_REQUESTED: powerVmJob,
  VM_PAUSE_REQUESTED: powerVmJob,
  VM_RESUME_REQUESTED: powerVmJob,
  VM_SOFT_REBOOT_REQUESTED: powerVmJob,
  VM_RESET_REQUESTED: powerVmJob,
  VM_MODIFICATION_REQUESTED: modifyVmJob,
  VM_SNAPSHOT_REQUESTED: takeSnapshotJob,
  VM_RESTORE_REQUESTED: restoreSnapshotJob,
  VM_CLONE_REQUESTED: cloneVmJob,
  VM_SNAPSHOT_DELETION_REQUESTED: deleteSnapshotJob,
  VM_IMPORT_REQUESTED: importVmJob,
};
