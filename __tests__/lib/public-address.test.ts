import { isPublic } from "../../lib/public-address";

it.each([
  "https://www.example.org/hook",
  "https://www.example.org:8443/",
  "https://192.0.2.1/",
  "https://172.32.0.1/",
  "https://[2001:db8::1]/",
])("%s is an address that AWS may reach", (address) => {
  expect(isPublic(address)).toBe(true);
});

it.each([
  "https://localhost/x",
  "https://api.localhost/x",
  "https://127.0.0.1/x",
  "https://127.1/x",
  "https://0x7f000001/",
  "https://[::1]/",
  "https://[::ffff:127.0.0.1]/",
  "https://10.0.0.1/a",
  "https://172.31.255.255/",
  "https://192.168.1.1:8443/",
  "https://169.254.169.254/",
  "https://[fd00::1]/",
  "https://[fe80::1]/",
  "https://hook",
  "https:///x",
])("%s is none", (address) => {
  expect(isPublic(address)).toBe(false);
});
