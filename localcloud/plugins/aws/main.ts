import { serve } from "../host/server";
import { awsProvider } from "./provider";

serve(awsProvider(process.env));
