import { render } from "preact";
import { App } from "./components/app";

const page = document.getElementById("page");
if (page) render(<App />, page);
