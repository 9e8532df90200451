import { VmSkeleton } from "@/components/vms/vm-skeleton";

export default function DisksLoading() {
  return <VmSkeleton shape="table" />;
}
