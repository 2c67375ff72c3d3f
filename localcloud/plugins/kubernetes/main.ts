import { serve } from "../host/server";
import { kubernetesProvider } from "./provider";

serve(kubernetesProvider);
