import { VmSkeleton } from "@/components/vms/vm-skeleton";

export default function MetricsLoading() {
  return <VmSkeleton shape="cards" />;
}
