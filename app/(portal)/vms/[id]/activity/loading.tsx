import { VmSkeleton } from "@/components/vms/vm-skeleton";

export default function ActivityLoading() {
  return <VmSkeleton shape="table" />;
}
