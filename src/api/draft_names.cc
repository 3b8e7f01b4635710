// What a formula at a place of a draft may name: for completion.
#include <algorithm>
#include <set>

#include "api/draft_work.h"
#include "api/gate.h"
#include "api/policy_json.h"
#include "feel/builtins.h"
#include "policy/facts.h"

namespace guanhu::api {

using base::Json;
using base::JsonArray;
using base::JsonObject;

namespace {

std::string type_text(const policy::ValueTypePtr& type) { return type ? type->str() : ""; }

Json named(const std::string& name, const std::string& type, const std::string& hint) {
  return JsonObject{{"name", name}, {"type", type}, {"hint", hint}};
}

JsonArray fields(const std::vector<policy::Field>& all) {
  JsonArray out;
  for (const auto& field : all)
    out.push_back(named(field.name, field.type->str() + (field.optional ? "?" : ""), field.hint));
  return out;
}

// "50000 元" or the list of words, as it is now.
std::string value_text(const policy::Parameter& parameter) {
  const Json values = values_json(parameter);
  if (values.as_array()->empty()) return "";
  std::string out = values.as_array()->back().find("value")->dump();
  return parameter.unit.empty() ? out : out + " " + parameter.unit;
}

class Names {
 public:
  Names(const policy::Pack& pack, const Element* element) : pack_(pack), element_(element) {}

  Json json() {
    own();
    return JsonObject{{"inputs", std::move(inputs_)},
                      {"parameters", parameters()},
                      {"steps", std::move(steps_)},
                      {"requires", std::move(requires_)},
                      {"functions", functions()},
                      {"builtins", builtins()},
                      {"types", types()},
                      {"decisions", decisions()},
                      {"words", words()}};
  }

 private:
  void own() {
    if (!element_) return;
    if (element_->kind == "decision") {
      const auto& decision = element_->as<policy::Decision>();
      inputs_ = fields(decision.inputs);
      steps(decision.body);
      for (const auto& one : decision.requirements) {
        const policy::Decision* other = required(one.decision);
        requires_.push_back(named(one.name, other ? type_text(other->output) : "", other ? other->title : ""));
      }
    } else if (element_->kind == "function") {
      inputs_ = fields(element_->as<policy::Function>().parameters);
      steps(element_->as<policy::Function>().body);
    } else if (element_->kind == "checklist") {
      inputs_ = fields(element_->as<policy::Checklist>().items);
    } else if (element_->kind == "process") {
      inputs_ = fields(element_->as<policy::Process>().inputs);
    } else if (element_->kind == "measure") {
      for (const auto& column : policy::fact_info(element_->as<policy::Measure>().fact).columns)
        inputs_.push_back(named(std::string(column.name), std::string(column.choices), std::string(column.feed)));
    } else if (element_->kind == "indicator" || element_->kind == "score") {
      figures();
    }
  }

  void steps(const policy::Body& body) {
    for (const auto& step : body.steps) steps_.push_back(named(step.name, type_text(step.type), ""));
  }

  const policy::Decision* required(const std::string& id) const {
    size_t slash = id.find('/');
    if (slash == id.npos) return pack_.decision(id);
    for (const auto& one : pack_.imports)
      if (one->id == id.substr(0, slash)) return one->decision(id.substr(slash + 1));
    return nullptr;
  }

  void figures() {
    for (const auto& one : pack_.measures) inputs_.push_back(named(one.name, one.unit, "原始指标"));
    for (const auto& one : pack_.indicators) inputs_.push_back(named(one.name, one.unit, "计算指标"));
    for (const auto& one : pack_.scores) inputs_.push_back(named(one.name, "分", "计分指标"));
    for (const auto& one : pack_.peers) inputs_.push_back(named(one.name, one.unit, "同业比较值"));
  }

  JsonArray parameters() const {
    JsonArray out;
    std::set<std::string> seen;
    auto add = [&](const policy::Parameter& one, bool own) {
      bool visible = one.decision.empty() || (own && element_ && one.decision == element_->name);
      if (visible && seen.insert(one.name).second) out.push_back(named(one.name, one.unit, value_text(one)));
    };
    for (const auto& one : pack_.parameters) add(one, true);
    for (const auto& other : pack_.imports)
      for (const auto& one : other->parameters) add(one, false);
    return out;
  }

  JsonArray functions() const {
    JsonArray out;
    std::set<std::string> seen;
    auto add = [&](const policy::Function& one) {
      if (seen.insert(one.name).second)
        out.push_back(JsonObject{{"name", one.name},
                                 {"signature", signature_of(one)},
                                 {"title", one.title},
                                 {"pack", pack_of(one.origin)}});
    };
    for (const auto& one : pack_.functions) add(one);
    for (const auto& other : pack_.imports)
      for (const auto& one : other->functions) add(one);
    return out;
  }

  static JsonArray builtins() {
    JsonArray out;
    for (const auto& name : feel::builtin_names())
      if (const auto* function = feel::find_builtin(name))
        out.push_back(JsonObject{{"name", name}, {"signature", function->usage()}});
    return out;
  }

  JsonArray types() const {
    JsonArray out;
    auto add = [&](const policy::NamedType& one) {
      out.push_back(JsonObject{{"name", one.name}, {"type", type_text(one.type)}});
    };
    for (const auto& one : pack_.types) add(one);
    for (const auto& other : pack_.imports)
      for (const auto& one : other->types) add(one);
    return out;
  }

  JsonArray decisions() const {
    JsonArray out;
    for (const auto& one : pack_.decisions) out.push_back(JsonObject{{"name", one.id}, {"title", one.title}});
    for (const auto& other : pack_.imports)
      for (const auto& one : other->decisions)
        out.push_back(JsonObject{{"name", other->id + "/" + one.id}, {"title", one.title}});
    return out;
  }

  static JsonArray words() {
    JsonArray out;
    for (const char* word : {"if", "then", "else", "and", "or", "not", "in", "between", "for", "return", "some",
                             "every", "satisfies", "true", "false", "null"})
      out.push_back(word);
    return out;
  }

  const policy::Pack& pack_;
  const Element* element_;
  JsonArray inputs_, steps_, requires_;
};

// The element of the block that holds the line; of a block that cannot be read just now the one of that kind and
// name, as it was when the draft began.
const Element* element_of(const std::vector<Element>& all, const std::string& kind, const std::string& name,
                          const DraftWork& work, const std::string& path, const policy::OutlineBlock& block,
                          bool placed) {
  for (const Element& one : all) {
    bool here = path_in_draft(work.draft, shown_document(one.origin->document)) == path &&
                one.origin->line >= block.line && one.origin->line <= block.end_line;
    if (placed ? here : one.kind == kind && one.name == name && !name.empty()) return &one;
  }
  return nullptr;
}

}  // namespace

Outcome show_names(Services& s, const Call& call) {
  auto found = draft_work(s, call);
  if (auto* refusal = std::get_if<Refusal>(&found)) return *refusal;
  const DraftWork& work = std::get<DraftWork>(found);
  const std::string path = call.get("path").value_or("");
  const policy::DraftFile* file = work.file(path);
  if (!file) return not_found();
  const long line = call.number("line", 0);
  OpenedDraftPtr opened = s.drafts().open(work.draft, work.files), base = s.drafts().base(work.draft, work.files);
  const auto now = elements_of(opened->loaded.pack);
  const auto before = base ? elements_of(base->loaded.pack) : std::vector<Element>{};
  const Element* element = nullptr;
  for (const auto& article : policy::outline(*file->content))
    for (const auto& block : article.blocks) {
      if (line < block.line || line > block.end_line) continue;
      element = element_of(now, block.kind, block.name, work, path, block, true);
      if (!element) element = element_of(before, block.kind, block.name, work, path, block, false);
    }
  return Answer{Names(opened->loaded.pack, element).json()};
}

}  // namespace guanhu::api
