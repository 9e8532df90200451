export { FormSkeleton as default } from "@/components/ui/skeleton";
