import { VmSkeleton } from "@/components/vms/vm-skeleton";

export default function VmLoading() {
  return <VmSkeleton shape="overview" />;
}
