// A bank's own rulebook out of others: which packs it is made from, and the values it sets itself.
#include <algorithm>
#include <map>

#include "api/draft_work.h"
#include "api/gate.h"
#include "base/json_member.h"
#include "feel/json.h"
#include "policy/edit.h"
#include "policy/part.h"

namespace guanhu::api {

using base::Json;
using base::JsonArray;
using base::JsonObject;

namespace {

constexpr const char* kDocument = "本行数值.md";

bool is_pack_name(const std::string& id) {
  return id.size() >= 2 && id.size() <= 60 && id.front() >= 'a' && id.front() <= 'z' && id.back() != '-' &&
         std::all_of(id.begin(), id.end(),
                     [](char c) { return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-'; });
}

std::string manifest_of(const Call& call) {
  std::string packs;
  for (const Json& one : *call.body.find("packs")->as_array())
    packs += (packs.empty() ? "" : ", ") + policy::toml_value(one);
  return "# 由别的制度包合成的本行制度。\nid      = " + policy::toml_value(call.text("id")) +
         "\ntitle   = " + policy::toml_value(call.text("title")) +
         "\nversion = \"1.0\"\nfrom    = " + call.text("from") + "\nextends = [" + packs +
         "]\n\n[[sources]]\ndocument = \"本行规定\"\ntitle    = " + policy::toml_value(call.text("title")) + "\n";
}

// The parameter a bank sets, in the pack that has it.
struct Override {
  const policy::Parameter* parameter;
  const Json* asked;
};

// What is said of one parameter: its value from the pack's first day, or from a later one with the old value
// before.
std::string stretch_of(const Override& one, const std::string& begins) {
  const policy::Parameter& parameter = *one.parameter;
  const feel::Value* like = &parameter.values.back().constant;
  const std::string value = policy::toml_value(*one.asked->find("value"), like);
  const std::string note = text_in(*one.asked, "note"), from = text_in(*one.asked, "from");
  std::string unit = parameter.unit.empty() ? "" : "unit  = " + policy::toml_value(parameter.unit) + "\n";
  std::string remark = note.empty() ? "" : "note  = " + policy::toml_value(note) + "\n";
  if (from.empty() || from <= begins)
    return "[\"" + parameter.name + "\"]\nvalue = " + value + "\n" + unit + remark;
  const std::string head = "[[\"" + parameter.name + "\"]]\n";
  const feel::Value* before = parameter.constant_on(*base::Date::parse(from) - 1);
  const Json old = before ? feel::to_json(*before) : *one.asked->find("value");
  return head + "value = " + policy::toml_value(old, like) + "\n" + unit +
         "to    = " + (*base::Date::parse(from) - 1).str() + "\n\n" + head + "value = " + value +
         "\nfrom  = " + from + "\n" + remark;
}

std::string document_of(const std::string& title, const std::vector<Override>& all, const std::string& begins) {
  std::map<std::string, std::string> blocks;  // by the decision whose own they are
  for (const Override& one : all) {
    std::string& block = blocks[one.parameter->decision];
    block += (block.empty() ? "" : "\n") + stretch_of(one, begins);
  }
  std::string out =
      "# " + title +
      "\n来源: 本行规定\n\n## 第一条 本行采用的数值\n\n下列数值由本行确定，代替所依据的制度里的值。\n";
  for (const auto& [decision, block] : blocks)
    out += "\n```parameter" + (decision.empty() ? "" : " " + decision) + "\n" + block + "```\n";
  return out;
}

bool has_document(const Book& book, const std::string& document) {
  return std::any_of(book.articles.begin(), book.articles.end(), [&](const BookArticle& one) {
    return one.document == "policies/" + book.pack->id + "/" + document;
  });
}

std::optional<Refusal> refused_id(Services& s, const std::string& id) {
  auto names = s.packs().names();
  std::string message;
  if (!is_pack_name(id)) message = "制度包的名称由小写字母、数字和连字符组成，以字母开头";
  else if (std::find(names.begin(), names.end(), id) != names.end()) message = "已经有制度包“" + id + "”";
  if (message.empty()) return std::nullopt;
  return Refusal{422, {"policy.draft.pack", message, "id", ""}, {{"id", message}}};
}

// The packs that are named, whole ("hubei-rcc-guide") or by document ("hubei-rcc-guide/贷款管理.md").
std::map<std::string, std::shared_ptr<const Book>> chosen_books(Services& s, const Call& call,
                                                                const JsonArray& packs,
                                                                std::vector<Misfit>& wrong) {
  std::map<std::string, std::shared_ptr<const Book>> out;
  for (size_t i = 0; i < packs.size(); ++i) {
    const policy::Extend one = policy::extends_of({*packs[i].as_string()}).front();
    auto found = reading_of(s, call, Wanted{one.pack});
    auto* reading = std::get_if<Reading>(&found);
    if (reading) out[one.pack] = reading->book;
    const std::string where = "/packs/" + std::to_string(i);
    if (!reading) wrong.push_back({where, "没有可用的制度包“" + one.pack + "”"});
    else if (!one.documents.empty() && !has_document(*reading->book, one.documents.front()))
      wrong.push_back({where, "制度包“" + one.pack + "”里没有文件“" + one.documents.front() + "”"});
  }
  return out;
}

}  // namespace

Outcome compose_draft(Services& s, const Call& call) {
  if (auto refusal = refused_id(s, call.text("id"))) return *refusal;
  std::vector<Misfit> wrong;
  const JsonArray& packs = *call.body.find("packs")->as_array();
  auto books = chosen_books(s, call, packs, wrong);
  if (packs.empty()) wrong.push_back({"/packs", "至少选一个制度包"});
  std::vector<Override> all;
  const JsonArray& parameters = *call.body.find("parameters")->as_array();
  for (size_t i = 0; i < parameters.size(); ++i) {
    const Json& one = parameters[i];
    auto book = books.find(text_in(one, "pack"));
    const policy::Parameter* parameter = nullptr;
    if (book != books.end())
      for (const auto& known : book->second->pack->parameters)
        if (known.name == text_in(one, "name") && known.decision == text_in(one, "decision")) parameter = &known;
    if (parameter) all.push_back({parameter, &one});
    else
      wrong.push_back(
          {"/parameters/" + std::to_string(i), "所选的制度包里没有参数“" + text_in(one, "name") + "”"});
  }
  if (!wrong.empty()) return Refusal{422, {"policy.draft.compose", "", "", ""}, std::move(wrong)};
  policy::PackFiles files = {{"pack.toml", manifest_of(call)}};
  if (!all.empty()) files[kDocument] = document_of(call.text("title"), all, call.text("from"));
  auto store = s.store();
  auto made = policy::PolicyDrafts::make(*store, call.text("id"), call.text("title"), {"new", {}, "", ""}, files,
                                         {}, call.text("note"), draft_doing(s, *store, call, "policy.draft.make"));
  if (!made) return refused_draft(made.error());
  tell_draft(s, call, *made, "changed", "");
  return Answer{draft_whole_json(s, *made, policy::PolicyDrafts::files(*store, made->id))};
}

}  // namespace guanhu::api
