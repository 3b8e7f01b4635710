#include "appraisal/seal.h"

#include <sys/random.h>

#include <bit>

#include "base/digest.h"

namespace guanhu::appraisal {

using base::Error;
using base::Json;
using base::JsonArray;
using base::JsonObject;

namespace {

constexpr const char* kKind = "guanhu.receipt";
constexpr const char* kOpening = "<script type=\"application/json\" id=\"guanhu-receipt\">";

int digit(char c) { return c >= '0' && c <= '9' ? c - '0' : c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1; }

bool is_hash(const std::string& text) {
  if (text.size() != 64) return false;
  for (char c : text)
    if (digit(c) < 0) return false;
  return true;
}

std::string bytes_of(const std::string& hash) {
  if (!is_hash(hash)) throw base::Broken("'" + hash + "' is no hash");
  std::string out;
  for (size_t i = 0; i < hash.size(); i += 2) out += static_cast<char>(digit(hash[i]) << 4 | digit(hash[i + 1]));
  return out;
}

// Of n leaves, how many stand on the left: the largest power of two below n.
size_t left_of(size_t n) { return std::bit_floor(n - 1); }

std::string root_of(const std::vector<std::string>& leaves, size_t from, size_t count) {
  if (count == 1) return leaves[from];
  const size_t left = left_of(count);
  return node_hash(root_of(leaves, from, left), root_of(leaves, from + left, count - left));
}

// One line: breaks and tabs would make two of it.
std::string plain(const std::string& text) {
  std::string out = text;
  for (char& c : out)
    if (c == '\n' || c == '\r' || c == '\t') c = ' ';
  return out;
}

void flatten(const std::string& path, const Json& value, std::string& out) {
  if (const auto* members = value.as_object()) {
    for (const auto& [name, member] : *members)
      flatten(path.empty() ? plain(name) : path + "." + plain(name), member, out);
  } else if (const auto* items = value.as_array()) {
    for (size_t i = 0; i < items->size(); ++i) flatten(path + "[" + std::to_string(i + 1) + "]", (*items)[i], out);
  } else {
    const std::string* text = value.as_string();
    out += path + "\t" + (text ? plain(*text) : value.dump()) + "\n";
  }
}

}  // namespace

std::string leaf_hash(const std::string& text) {
  base::Sha256 sum;
  sum.add(std::string_view("\0", 1));
  sum.add(text);
  return sum.hex();
}

std::string node_hash(const std::string& left, const std::string& right) {
  base::Sha256 sum;
  sum.add("\1");
  sum.add(bytes_of(left));
  sum.add(bytes_of(right));
  return sum.hex();
}

std::string merkle_root(const std::vector<std::string>& leaves) {
  if (leaves.empty()) throw base::Broken("a tree without leaves has no root");
  return root_of(leaves, 0, leaves.size());
}

std::vector<PathStep> merkle_path(const std::vector<std::string>& leaves, size_t index) {
  if (index >= leaves.size()) throw base::Broken("there is no leaf " + std::to_string(index));
  std::vector<PathStep> out;
  size_t from = 0, count = leaves.size();
  while (count > 1) {
    const size_t left = left_of(count);
    if (index < from + left) {
      out.push_back({false, root_of(leaves, from + left, count - left)});
      count = left;
    } else {
      out.push_back({true, root_of(leaves, from, left)});
      from += left, count -= left;
    }
  }
  return {out.rbegin(), out.rend()};
}

std::string follow(std::string leaf, const std::vector<PathStep>& path) {
  for (const auto& step : path) leaf = step.left ? node_hash(step.hash, leaf) : node_hash(leaf, step.hash);
  return leaf;
}

std::string statement_text(const StatementData& d) {
  std::string out = "guanhu-statement\t1\n";
  flatten("",
          JsonObject{{"run", d.run},
                     {"scheme", d.scheme},
                     {"period", d.period},
                     {"known_at", d.known_at},
                     {"pack_hash", d.pack_hash},
                     {"engine", d.engine},
                     {"run_hash", d.run_hash}},
          out);
  flatten("", d.result, out);
  flatten("correction", d.corrections, out);
  flatten("carried", d.carried, out);
  return out + "salt\t" + d.salt + "\n";
}

Sealing sealing_of(std::vector<std::pair<std::string, StatementData>> statements) {
  Sealing out;
  std::vector<std::string> hashes;
  for (auto& [holder, data] : statements) {
    Leaf leaf{holder, data.salt, statement_text(data), ""};
    leaf.hash = leaf_hash(leaf.text);
    hashes.push_back(leaf.hash);
    out.leaves.push_back(std::move(leaf));
  }
  out.root = merkle_root(hashes);
  return out;
}

std::string random_salt() {
  unsigned char raw[16];
  if (::getrandom(raw, sizeof raw, 0) != static_cast<ssize_t>(sizeof raw)) throw base::Broken("no random bytes");
  static constexpr char kHex[] = "0123456789abcdef";
  std::string out;
  for (unsigned char c : raw) out += kHex[c >> 4], out += kHex[c & 15];
  return out;
}

Json to_json(const Receipt& r) {
  JsonArray path;
  for (const auto& step : r.path)
    path.push_back(JsonObject{{"side", step.left ? "left" : "right"}, {"hash", step.hash}});
  return JsonObject{{"kind", kKind},
                    {"version", 1},
                    {"run", r.run},
                    {"scheme", r.scheme},
                    {"period", r.period},
                    {"holder", r.holder},
                    {"sealed_at", r.sealed_at},
                    {"index", r.index},
                    {"of", r.of},
                    {"text", r.text},
                    {"leaf", r.leaf},
                    {"path", std::move(path)},
                    {"root", r.root}};
}

namespace {

const std::string* text_in(const Json& json, const char* name) {
  const Json* member = json.find(name);
  return member ? member->as_string() : nullptr;
}

std::optional<int64_t> number_in(const Json& json, const char* name) {
  const Json* member = json.find(name);
  const base::Decimal* number = member ? member->as_number() : nullptr;
  if (!number) return std::nullopt;
  auto value = number->to_int64();
  return value && *value >= 0 ? value : std::nullopt;
}

std::optional<Receipt> receipt_of(const Json& json) {
  Receipt out;
  std::pair<const char*, std::string*> texts[] = {
      {"scheme", &out.scheme},       {"period", &out.period}, {"holder", &out.holder}, {"text", &out.text},
      {"sealed_at", &out.sealed_at}, {"leaf", &out.leaf},     {"root", &out.root}};
  for (auto [name, to] : texts) {
    const std::string* text = text_in(json, name);
    if (!text) return std::nullopt;
    *to = *text;
  }
  auto run = number_in(json, "run"), index = number_in(json, "index"), of = number_in(json, "of");
  const Json* path = json.find("path");
  if (!run || !index || !of || !path || !path->as_array() || !is_hash(out.leaf) || !is_hash(out.root))
    return std::nullopt;
  out.run = *run, out.index = static_cast<size_t>(*index), out.of = static_cast<size_t>(*of);
  for (const Json& step : *path->as_array()) {
    const std::string *side = text_in(step, "side"), *hash = text_in(step, "hash");
    if (!side || !hash || !is_hash(*hash) || (*side != "left" && *side != "right")) return std::nullopt;
    out.path.push_back({*side == "left", *hash});
  }
  return out;
}

}  // namespace

base::Result<Receipt> read_receipt(const std::string& file) {
  std::string text = file;
  const size_t first = file.find_first_not_of(" \t\r\n");
  if (first == file.npos || file[first] != '{') {
    const size_t at = file.find(kOpening);
    const size_t end = at == file.npos ? at : file.find("</script>", at);
    if (end == file.npos)
      return Error{"receipt.none", "文件里没有凭据", "", "给出绩效单 (HTML) 或者它的凭据 (JSON)"};
    text = file.substr(at + std::string_view(kOpening).size(), end - at - std::string_view(kOpening).size());
  }
  auto json = Json::parse(text);
  if (!json) return Error{"receipt.json", "凭据读不了: " + json.error().message, json.error().where, "重新下载"};
  const std::string* kind = text_in(*json, "kind");
  auto version = number_in(*json, "version");
  if (!kind || *kind != kKind || version != 1)
    return Error{"receipt.shape", "这不是绩效单的凭据, 或者是更新的版本写的", "", "重新下载"};
  auto out = receipt_of(*json);
  if (!out) return Error{"receipt.shape", "凭据不全", "", "重新下载"};
  return *out;
}

base::Status check_receipt(const Receipt& r) {
  if (leaf_hash(r.text) != r.leaf)
    return Error{"receipt.leaf", "凭据里的内容和它的摘要不符: 内容被改过", "text", "以银行保存的绩效单为准"};
  // The run, the period and the person the receipt names must be those of the text that was hashed.
  for (const auto& [name, value] : {std::pair<std::string, std::string>{"run", std::to_string(r.run)},
                                    {"scheme", r.scheme},
                                    {"period", r.period},
                                    {"id", r.holder}})
    if (("\n" + r.text).find("\n" + name + "\t" + value + "\n") == std::string::npos)
      return Error{"receipt.leaf", "凭据写的 " + name + " 和内容不符", name, "以银行保存的绩效单为准"};
  if (follow(r.leaf, r.path) != r.root)
    return Error{"receipt.root", "沿路径算出的根和凭据里的根不符", "path", "以银行保存的绩效单为准"};
  return {};
}

}  // namespace guanhu::appraisal
