// Helpers of diff.h: elements of a kind paired by name, fields compared one by one. Inside of diff only.
#pragma once
#include <functional>
#include <map>
#include <string>
#include <vector>

#include "policy/diff.h"

namespace guanhu::policy {

class Differ {
 public:
  // The changes of one element go under its kind and name.
  struct Under {
    std::string element, name, article, where;
  };
  void add(const Under& under, Change::Kind kind, std::string part, std::string before, std::string after);
  // A change where the two differ.
  void field(const Under& under, const std::string& part, const std::string& before, const std::string& after);

  // Elements of both versions in the order of the new one; `compare(under, before, after)` for those that
  // are in both, `whole(element)` what is shown of one that came or went.
  template <class T>
  void elements(const std::string& kind, const std::vector<T>& before, const std::vector<T>& after,
                const std::function<std::string(const T&)>& key, const std::function<std::string(const T&)>& whole,
                const std::function<void(const Under&, const T&, const T&)>& compare) {
    std::map<std::string, const T*> old;
    for (const T& one : before) old.emplace(key(one), &one);
    for (const T& one : after) {
      Under under = under_of(kind, key(one), one.origin);
      auto found = old.find(key(one));
      if (found == old.end()) {
        add(under, Change::Kind::added, "", "", whole(one));
        continue;
      }
      compare(under, *found->second, one);
      old.erase(found);
    }
    for (const T& one : before)
      if (auto found = old.find(key(one)); found != old.end() && found->second == &one)
        add(under_of(kind, key(one), one.origin), Change::Kind::removed, "", whole(one), "");
  }
  static Under under_of(const std::string& kind, const std::string& name, const Origin& origin) {
    return {kind, name, origin.article, origin.document + ":" + std::to_string(origin.line)};
  }

  std::vector<Change> changes;
};

void diff_parameters(const Pack& before, const Pack& after, Differ& differ);
void diff_decisions(const Pack& before, const Pack& after, Differ& differ);  // types, functions, cases too
void diff_figures(const Pack& before, const Pack& after, Differ& differ);
void diff_targets(const Pack& before, const Pack& after, Differ& differ);
void diff_work(const Pack& before, const Pack& after, Differ& differ);
void diff_form(Differ& differ, const Differ::Under& under, const Form& before, const Form& after);
void diff_articles(const Pack& before, const Pack& after, Differ& differ);

std::string field_text(const Field& field);  // "金额: 元 >= 0", "可不填?: boolean = false"
std::string joined_lines(const std::vector<std::string>& lines);

}  // namespace guanhu::policy
