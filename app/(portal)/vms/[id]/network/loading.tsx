import { VmSkeleton } from "@/components/vms/vm-skeleton";

export default function NetworkLoading() {
  return <VmSkeleton shape="cards" />;
}
