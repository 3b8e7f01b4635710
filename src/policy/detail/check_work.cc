// Checklists, duties, notices and processes: formulas can be read, what they refer to is there.
#include <algorithm>

#include "feel/parser.h"
#include "policy/detail/draft.h"
#include "policy/detail/formula.h"
#include "policy/detail/formula_text.h"
#include "policy/detail/text.h"
#include "policy/detail/texts.h"
#include "policy/formula_scope.h"

namespace guanhu::policy::detail {

namespace {

class WorkChecker {
 public:
  WorkChecker(const Draft& draft, const Element& element, Report& report)
      : draft_(draft), element_(element), report_(report) {}

  void formula(const Text& text) {
    if (text.empty()) return;
    auto tree = feel::parse(text.text, formula_scope());
    if (tree.ok()) return;
    Wording wording = in_chinese(tree.error());
    report_.add(*element_.source, place_of(text, word_at(text.text, tree.error().where)), "policy.formula.syntax",
                wording.message, wording.hint);
  }

  void checklist(const std::string& id, std::string_view key) {
    std::vector<std::string> known;
    for (const Checklist& one : draft_.pack.checklists) known.push_back(one.id);
    reference(id, key, known, "检查表");
  }

  // Returns the decision when it is there.
  const Decision* decision(const std::string& id, std::string_view key) {
    std::vector<std::string> known;
    for (const Decision& one : draft_.pack.decisions) known.push_back(one.id);
    reference(id, key, known, "决策");
    return draft_.pack.decision(id);
  }

 private:
  void reference(const std::string& id, std::string_view key, const std::vector<std::string>& known,
                 const std::string& what) {
    if (id.empty() || std::find(known.begin(), known.end(), id) != known.end()) return;
    std::string near = nearest(id, known);
    report_.add(*element_.source, Draft::place(element_, key), "policy.reference", "没有“" + id + "”这个" + what,
                near.empty() ? "写这个制度包里有的" + what : "是不是想写 " + near + "？");
  }

  const Draft& draft_;
  const Element& element_;
  Report& report_;
};

}  // namespace

void check_work(const Draft& draft, Report& report) {
  for (const Element& element : draft.elements) {
    if (!element.sound) continue;
    WorkChecker checker(draft, element, report);
    if (element.kind == ElementKind::checklist) {
      checker.decision(draft.pack.checklists[element.index].conclusion, "conclusion");
    } else if (element.kind == ElementKind::duty) {
      const Duty& duty = draft.pack.duties[element.index];
      checker.formula(duty.where);
      checker.formula(duty.due);
      checker.checklist(duty.checklist, "checklist");
    } else if (element.kind == ElementKind::notice) {
      checker.formula(draft.pack.notices[element.index].where);
      checker.formula(draft.pack.notices[element.index].when);
    } else if (element.kind == ElementKind::process) {
      for (const ProcessStep& step : draft.pack.processes[element.index].steps) {
        checker.formula(step.condition);
        checker.checklist(step.form, "step");
        checker.decision(step.gate, "step");
      }
    }
  }
}

}  // namespace guanhu::policy::detail
