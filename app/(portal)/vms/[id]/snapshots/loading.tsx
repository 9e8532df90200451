import { VmSkeleton } from "@/components/vms/vm-skeleton";

export default function SnapshotsLoading() {
  return <VmSkeleton shape="table" />;
}
