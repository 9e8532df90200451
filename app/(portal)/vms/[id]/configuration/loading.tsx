import { VmSkeleton } from "@/components/vms/vm-skeleton";

export default function ConfigurationLoading() {
  return <VmSkeleton shape="table" />;
}
