import { serve } from "../host/server";
import { tlsProvider } from "./provider";

serve(tlsProvider);
