import { createRoot } from "react-dom/client";
import { App } from "./components/app";

const page = document.getElementById("page");
if (page) createRoot(page).render(<App />);
