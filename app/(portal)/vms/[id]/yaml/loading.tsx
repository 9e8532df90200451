import { VmSkeleton } from "@/components/vms/vm-skeleton";

export default function YamlLoading() {
  return <VmSkeleton shape="block" />;
}
