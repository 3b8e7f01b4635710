#include "policy/dmn_export.h"

#include <algorithm>
#include <map>
#include <set>

#include "base/digest.h"
#include "policy/detail/text.h"
#include "policy/dmn_parts.h"
#include "policy/dmn_scope.h"

namespace guanhu::policy {
namespace {

using base::Status;

std::string default_of(const Field& field) {
  return "if " + field.name + " = null then " + literal_of(*field.otherwise) + " else " + field.name;
}

class Exporter {
 public:
  Exporter(const Pack& pack, const DmnChoice& choice)
      : pack_(pack), choice_(choice), scope_(pack, choice), types_(scope_.ids) {}

  base::Result<DmnExport> run() {
    if (auto done = scope_.gather(); !done.ok()) return done.error();
    out_.id = scope_.ids.take(as_id("pack_" + pack_.id));
    out_.name = pack_.title;
    out_.space = "urn:guanhu:pack:" + pack_.id;
    out_.description =
        "制度包 " + pack_.id + " " + pack_.version + (choice_.on ? "，参数取 " + choice_.on->str() + " 的值" : "");
    out_.extensions = {{"pack", pack_.id}, {"version", pack_.version}, {"hash", pack_.hash}};
    if (!choice_.decisions.empty())
      out_.extensions.emplace_back("decisions", detail::joined(choice_.decisions, " "));
    if (choice_.on) out_.extensions.emplace_back("on", choice_.on->str());
    write_inputs();
    if (auto done = write_functions(); !done.ok()) return done.error();
    write_parameters();
    for (const Item& item : scope_.items)
      if (auto done = write_decision(item); !done.ok()) return done.error();
    out_.types = types_.take();
    std::stable_sort(out_.nodes.begin(), out_.nodes.end(),
                     [](const auto& a, const auto& b) { return order(a.kind) < order(b.kind); });
    return DmnExport{std::move(out_), std::move(origins_)};
  }

 private:
  using Item = DmnScope::Item;
  using Shared = DmnScope::Shared;

  // As people read: what is decided first, what it stands on below.
  static int order(dmn::NodeText::Kind kind) {
    using Kind = dmn::NodeText::Kind;
    constexpr Kind kOrder[] = {Kind::decision, Kind::knowledge, Kind::service, Kind::input, Kind::source};
    return static_cast<int>(std::find(std::begin(kOrder), std::end(kOrder), kind) - std::begin(kOrder));
  }

  // ---------------------------------------------------------------------------------- the nodes
  void write_inputs() {
    for (const std::string& name : scope_.input_order) {
      const Field& field = scope_.inputs.at(name);
      dmn::NodeText node;
      node.kind = dmn::NodeText::Kind::input;
      node.name = name;
      node.id = input_ids_[name] = scope_.ids.take(as_id("input_" + name));
      node.type = types_.reference(field.type, name);
      node.description = field.hint;
      if (field.optional) {
        std::string otherwise = field.otherwise ? literal_of(*field.otherwise) : "null";
        node.description += std::string(node.description.empty() ? "" : "；") + "可不填，不填为 " + otherwise;
        node.extensions.emplace_back("default", otherwise);
      }
      if (field.type && !field.type->unit.empty()) node.extensions.emplace_back("unit", field.type->unit);
      out_.nodes.push_back(std::move(node));
    }
  }

  void write_parameters() {
    for (const Parameter* parameter : scope_.parameter_order) {
      const Shared& shared = scope_.parameters.at(parameter);
      dmn::NodeText node;
      node.name = shared.name;
      node.id = shared.id;
      auto expression = std::make_shared<dmn::ExpressionText>();
      expression->id = shared.id + "_value";
      expression->text = literal_of(*scope_.value_of(*parameter));
      node.expression = expression;
      node.type = parameter->is_number() ? "number" : "";
      node.description = "参数" + (parameter->unit.empty() ? "" : "，单位：" + parameter->unit);
      for (const DatedValue& value : parameter->values)
        node.description += "\n" + (value.from ? value.from->str() : std::string("…")) + " 至 " +
                            (value.to ? value.to->str() : std::string("…")) + "：" + literal_of(value.constant);
      if (!parameter->note.empty()) node.description += "\n" + parameter->note;
      node.extensions = {{"parameter", shared.pack->id + "/" + parameter->name}};
      if (!parameter->unit.empty()) node.extensions.emplace_back("unit", parameter->unit);
      cite(parameter->origin, node);
      out_.nodes.push_back(std::move(node));
    }
  }

  // What names become inside of a function: other functions theirs, parameters their value.
  base::Result<Replacements> replacements_of(const Function& function) const {
    Replacements out;
    out.members = scope_.members;
    const Pack* owner = scope_.functions.at(&function).pack;
    for (const std::string& name : scope_.function_names.at(&function)) {
      const Function* called = owner->function(name);
      if (called && scope_.functions.count(called) && scope_.functions.at(called).name != name)
        out.calls[name] = scope_.functions.at(called).name;
      auto same = [&](const Field& field) { return field.name == name; };
      if (is_step(function.body, name) ||
          std::any_of(function.parameters.begin(), function.parameters.end(), same))
        continue;
      const Parameter* parameter = owner->parameter_for("", name);
      if (!parameter) continue;
      auto value = scope_.value_of(*parameter);
      if (!value.ok()) return value.error();
      out.names[name] = literal_of(*value);
    }
    for (const Field& field : function.parameters)
      if (field.optional && field.otherwise) out.names[field.name] = default_of(field);
    return out;
  }
  Status write_functions() {
    for (const Function* function : scope_.function_order) {
      const Shared& shared = scope_.functions.at(function);
      dmn::NodeText node;
      node.kind = dmn::NodeText::Kind::knowledge;
      node.name = shared.name;
      node.id = shared.id;
      node.description = function->title;
      for (const Field& field : function->parameters) {
        collect_members(field.type, scope_.members);
        node.parameters.emplace_back(field.name, types_.reference(field.type, field.name));
      }
      for (const std::string& name : scope_.function_names.at(function))
        if (const Function* called = shared.pack->function(name);
            called && called != function && scope_.functions.count(called))
          node.requirements.push_back(scope_.functions.at(called).id);
      auto replacements = replacements_of(*function);
      if (!replacements.ok()) return replacements.error();
      auto expression = DmnBody(types_, *replacements, shared.id).expression(function->body, function->output);
      if (!expression.ok()) return located(expression.error(), function->origin);
      node.expression = *expression;
      node.extensions = {{"function", shared.pack->id + "/" + function->name}};
      origins_[node.id] = {shared.pack, &function->body, &function->origin, *replacements,
                           "函数 " + function->name};
      stamp(node);
      describe(function->origin, node);
      cite(function->origin, node);
      out_.nodes.push_back(std::move(node));
    }
    return {};
  }

  static base::Error located(base::Error error, const Origin& origin) {
    error.where = origin.document + ":" + std::to_string(origin.line);
    return error;
  }
  static void stamp(dmn::NodeText& node) {
    if (std::string value = stamp_of(node); !value.empty()) node.extensions.emplace_back("stamp", value);
  }

  Status write_decision(const Item& item) {
    const Decision& decision = *item.decision;
    dmn::NodeText node;
    node.name = item.name;
    node.id = item.id;
    node.question = decision.question;
    node.type = types_.reference(decision.output, item.name);
    node.extensions = {{"decision", item.pack->id + "/" + decision.id}};
    Replacements replacements;
    replacements.members = scope_.members;
    for (const Field& field : decision.inputs) {
      node.requirements.push_back(input_ids_.at(field.name));
      if (field.optional && field.otherwise) replacements.names[field.name] = default_of(field);
    }
    require_shared(item, node, replacements);
    if (auto done = require_decisions(item, node, replacements); !done.ok())
      return located(done.error(), decision.origin);
    auto expression = DmnBody(types_, replacements, item.id).expression(decision.body, decision.output);
    if (!expression.ok()) return located(expression.error(), decision.origin);
    node.expression = *expression;
    origins_[node.id] = {item.pack, &decision.body, &decision.origin, replacements, "决策 " + decision.id};
    stamp(node);
    describe(decision.origin, node);
    for (const Refusal& refusal : decision.refusals)
      node.description += "\n不予回答：" + refusal.message + "（" + refusal.condition.text + "）";
    cite(decision.origin, node);
    out_.nodes.push_back(std::move(node));
    return {};
  }
  // Functions and parameters it names.
  void require_shared(const Item& item, dmn::NodeText& node, Replacements& replacements) {
    for (const std::string& name : item.names) {
      const Function* function = item.pack->function(name);
      if (function && scope_.functions.count(function)) {
        const Shared& shared = scope_.functions.at(function);
        node.requirements.push_back(shared.id);
        if (shared.name != name) replacements.calls[name] = shared.name;
      }
      if (item.decision->input(name) || is_step(item.decision->body, name)) continue;
      const Parameter* parameter = item.pack->parameter_for(item.decision->id, name);
      if (!parameter || !scope_.parameters.count(parameter)) continue;
      const Shared& shared = scope_.parameters.at(parameter);
      node.requirements.push_back(shared.id);
      if (shared.name != name) replacements.names[name] = shared.name;
    }
  }

  // ------------------------------------------------------------------------ required decisions
  Status require_decisions(const Item& item, dmn::NodeText& node, Replacements& replacements) {
    for (const Requirement& requirement : item.decision->requirements) {
      auto [owner, required] = DmnScope::required_of(*item.pack, requirement);
      if (!required) continue;
      const Item& other = scope_.item_of(*required);
      std::string name = other.name, id = other.id;
      if (needs_call(*item.decision, requirement, *required)) {
        auto made = write_call(item, requirement, other, node, replacements);
        if (!made.ok()) return made.error();
        name = made->first, id = made->second;
      }
      node.requirements.push_back(id);
      if (name != requirement.name) replacements.names[requirement.name] = name;
    }
    return {};
  }
  // Whether the other decision sees something else than the facts of the same names.
  static bool needs_call(const Decision& user, const Requirement& requirement, const Decision& required) {
    if (!requirement.arguments.empty()) return true;
    for (const Field& input : required.inputs) {
      const Field* own = user.input(input.name);
      if (!own) return true;
      if (own->otherwise && !(input.otherwise && literal_of(*own->otherwise) == literal_of(*input.otherwise)))
        return true;
    }
    return false;
  }
  // A decision that calls a service around the other one.
  base::Result<std::pair<std::string, std::string>> write_call(const Item& item, const Requirement& requirement,
                                                               const Item& other, const dmn::NodeText& user,
                                                               const Replacements& replacements) {
    std::string service = service_of(other);
    dmn::NodeText node;
    node.name =
        scope_.names.take(scope_.names.taken(requirement.name) || is_step(item.decision->body, requirement.name)
                              ? as_name(requirement.name + "_" + item.decision->id)
                              : requirement.name);
    node.id = scope_.ids.take(as_id(item.id + "_" + requirement.name));
    node.type = types_.reference(other.decision->output, other.name);
    node.description = "“" + item.name + "”问“" + other.name + "”";
    node.requirements = user.requirements;  // its formulas see what its user sees so far
    std::erase_if(node.requirements, [&](const std::string& id) { return sources_.count(id) != 0; });
    node.requirements.push_back(service);
    auto call = std::make_shared<dmn::ExpressionText>();
    call->kind = dmn::ExpressionText::Kind::invocation;
    call->id = node.id + "_call";
    call->text = service_names_.at(service);
    DmnBody texts(types_, replacements, node.id);
    for (const Field& input : other.decision->inputs) {
      auto value = std::make_shared<dmn::ExpressionText>();
      value->id = call->id + "_" + std::to_string(call->entries.size() + 1);
      auto text = texts.text(argument_of(*item.decision, requirement, input));
      if (!text.ok()) return text.error();
      value->text = *text;
      call->entries.push_back({input.name, "", value});
    }
    node.expression = call;
    std::pair<std::string, std::string> out{node.name, node.id};
    out_.nodes.push_back(std::move(node));
    return out;
  }
  static std::string argument_of(const Decision& user, const Requirement& requirement, const Field& input) {
    for (const auto& argument : requirement.arguments)
      if (argument.input == input.name) return argument.formula.text;
    return user.input(input.name) ? input.name : "null";
  }
  std::string service_of(const Item& other) {
    if (auto found = services_.find(other.decision); found != services_.end()) return found->second;
    dmn::NodeText node;
    node.kind = dmn::NodeText::Kind::service;
    node.name = scope_.names.take(other.name + "_服务");
    node.id = services_[other.decision] = scope_.ids.take(other.id + "_service");
    node.type = types_.reference(other.decision->output, other.name);
    node.outputs = {other.id};
    std::set<std::string> inside{other.id};
    encapsulate(other.id, inside);
    inside.erase(other.id);
    node.encapsulated.assign(inside.begin(), inside.end());
    for (const Field& input : other.decision->inputs) node.inputs.push_back(input_ids_.at(input.name));
    service_names_[node.id] = node.name;
    out_.nodes.push_back(node);
    return node.id;
  }
  void encapsulate(const std::string& id, std::set<std::string>& inside) const {
    const dmn::NodeText* node = out_.node(id);
    if (!node) return;
    for (const std::string& required : node->requirements)
      if (const dmn::NodeText* other = out_.node(required); other && other->kind == dmn::NodeText::Kind::decision)
        if (inside.insert(required).second) encapsulate(required, inside);
  }

  // -------------------------------------------------------------------------------- the article
  static void describe(const Origin& origin, dmn::NodeText& node) {
    std::string text = node.description;
    auto line = [&](const std::string& what, const std::string& value) {
      if (!value.empty()) text += (text.empty() ? "" : "\n") + what + value;
    };
    line("条款：", origin.article);
    line("规则：", detail::joined(origin.rules));
    line("", origin.text);
    line("出处：", origin.locator);
    node.description = text;
  }
  void cite(const Origin& origin, dmn::NodeText& node) {
    if (origin.article.empty()) return;
    std::string key = origin.document + "\n" + origin.article;
    auto [at, fresh] = articles_.emplace(key, "");
    if (fresh) {
      dmn::NodeText source;
      source.kind = dmn::NodeText::Kind::source;
      source.id = at->second = scope_.ids.take("article_" + std::to_string(articles_.size()));
      source.name = origin.article;
      source.description = origin.text + (origin.locator.empty() ? "" : "\n出处：" + origin.locator);
      sources_.insert(source.id);
      out_.nodes.push_back(std::move(source));
    }
    node.requirements.push_back(at->second);
  }

  const Pack& pack_;
  const DmnChoice& choice_;
  DmnScope scope_;
  dmn::Document out_;
  DmnTypes types_;
  std::map<std::string, std::string> input_ids_;
  std::map<const Decision*, std::string> services_;
  std::map<std::string, std::string> service_names_, articles_;
  std::set<std::string> sources_;
  std::map<std::string, DmnSource> origins_;
};

void append_tables(const dmn::ExpressionText& expression, std::string& out) {
  if (expression.kind == dmn::ExpressionText::Kind::table) {
    const dmn::TableText& table = expression.table;
    out += table.policy + "|" + table.aggregation + "\n";
    for (const auto& input : table.inputs) out += input.text + "|" + input.values + "\n";
    for (const auto& output : table.outputs) out += output.name + "|" + output.values + "\n";
    for (const auto& rule : table.rules) {
      for (const auto* cells : {&rule.tests, &rule.results, &rule.annotations})
        for (const std::string& cell : *cells) out += cell + "|";
      out += "\n";
    }
  }
  for (const auto& entry : expression.entries)
    if (entry.value) append_tables(*entry.value, out);
}

}  // namespace

std::string stamp_of(const dmn::NodeText& node) {
  std::string text;
  if (node.expression) append_tables(*node.expression, text);
  return text.empty() ? "" : base::sha256_hex(text).substr(0, 16);
}

base::Result<DmnExport> export_with_sources(const Pack& pack, const DmnChoice& choice) {
  return Exporter(pack, choice).run();
}

base::Result<dmn::Document> export_dmn(const Pack& pack, const DmnChoice& choice) {
  auto made = export_with_sources(pack, choice);
  if (!made.ok()) return made.error();
  return std::move(made->document);
}

std::string dmn_name(const dmn::Document& document, const Pack& pack, const Decision& decision) {
  for (const dmn::NodeText& node : document.nodes)
    if (const std::string* id = node.extension("decision"); id && *id == pack.id + "/" + decision.id)
      return node.name;
  return "";
}

}  // namespace guanhu::policy
