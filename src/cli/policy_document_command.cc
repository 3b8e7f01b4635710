// guanhu policy coverage, guanhu policy fmt: documents of packs as a whole.
#include <algorithm>
#include <filesystem>
#include <fstream>
#include <ostream>

#include "base/files.h"
#include "base/json.h"
#include "cli/command.h"
#include "cli/options.h"
#include "cli/places.h"
#include "policy/coverage.h"
#include "policy/format.h"
#include "policy/load.h"

namespace guanhu::cli {

namespace {

namespace fs = std::filesystem;

int wrong(Io& io, const char* command, const base::Error& error) {
  io.err << "guanhu policy " << command << ": " << error.text() << "\n";
  return kWrong;
}

base::Result<std::vector<fs::path>> packs_of(const Options& options) {
  if (options.rest().empty())
    return base::Error{"cli.missing", "no PATH is given", "", "for example policies/sample"};
  std::vector<fs::path> out;
  for (const std::string& argument : options.rest()) {
    auto found = packs_at(argument);
    if (!found.ok()) return found.error();
    out.insert(out.end(), found->begin(), found->end());
  }
  return out;
}

base::Json as_json(const policy::ArticleCoverage& one) {
  base::JsonArray rules;
  for (const std::string& rule : one.rules) rules.push_back(rule);
  return base::JsonObject{{"document", one.document},     {"article", one.article},
                          {"heading", one.heading},       {"line", one.line},
                          {"state", one.state()},         {"executable", one.executable},
                          {"parameters", one.parameters}, {"judgements", one.judgements},
                          {"opens", one.opens},           {"rules", std::move(rules)}};
}

void print(const fs::path& path, const std::vector<policy::ArticleCoverage>& all, std::ostream& out) {
  constexpr std::pair<const char*, const char*> kStates[] = {{"executable", "可执行"},
                                                             {"judgement", "由人判断"},
                                                             {"open", "未定"},
                                                             {"parameters", "只有参数"},
                                                             {"none", "没有块"}};
  out << path.string() << ": " << all.size() << " 条";
  for (const auto& [state, chinese] : kStates)
    out << "，" << chinese << " "
        << std::count_if(all.begin(), all.end(), [&, s = state](const auto& one) { return one.state() == s; });
  out << "\n";
  for (const auto& one : all)
    if (one.state() == "none")
      out << "  " << one.document << ":" << one.line << ": " << one.heading << " 没有块，也没有说明为什么没有\n";
}

int coverage(const std::vector<std::string>& arguments, Io& io) {
  auto options = Options::parse(arguments, {}, {"json"});
  if (!options.ok()) return wrong(io, "coverage", options.error());
  auto packs = packs_of(*options);
  if (!packs.ok()) return wrong(io, "coverage", packs.error());
  base::JsonArray report;
  bool bare = false;
  for (const fs::path& path : *packs) {
    policy::Loaded loaded = policy::load_pack(path);
    auto all = policy::coverage(loaded.pack, path);
    bare = bare || std::any_of(all.begin(), all.end(), [](const auto& one) { return one.state() == "none"; });
    if (!options->has("json")) {
      print(path, all, io.out);
      continue;
    }
    base::JsonArray articles;
    for (const auto& one : all) articles.push_back(as_json(one));
    report.push_back(base::JsonObject{{"pack", loaded.pack.id}, {"articles", std::move(articles)}});
  }
  if (options->has("json")) io.out << base::Json(base::JsonObject{{"packs", std::move(report)}}).dump(2) << "\n";
  return bare ? kNo : kDone;
}

std::vector<fs::path> documents_at(const std::string& argument) {
  std::error_code failed;
  if (!fs::is_directory(argument, failed)) return {argument};
  std::vector<fs::path> out;
  for (fs::recursive_directory_iterator at(argument, failed), end; !failed && at != end; at.increment(failed))
    if (at->path().extension() == ".md" && at->path().filename() != "README.md") out.push_back(at->path());
  std::sort(out.begin(), out.end());
  return out;
}

int format(const std::vector<std::string>& arguments, Io& io) {
  auto options = Options::parse(arguments, {}, {"check"});
  if (!options.ok()) return wrong(io, "fmt", options.error());
  if (options->rest().empty()) return wrong(io, "fmt", {"cli.missing", "no PATH is given", "", "see --help"});
  bool untidy = false;
  for (const std::string& argument : options->rest())
    for (const fs::path& path : documents_at(argument)) {
      auto text = base::read_file(path);
      if (!text.ok()) return wrong(io, "fmt", text.error());
      std::string tidy = policy::format_document(*text);
      if (tidy == *text) continue;
      untidy = true;
      io.out << path.string() << "\n";
      if (options->has("check")) continue;
      std::ofstream out(path, std::ios::binary);
      if (!(out << tidy << std::flush))
        return wrong(io, "fmt", {"cli.write", "the file cannot be written", path.string(), ""});
    }
  return untidy && options->has("check") ? kNo : kDone;
}

}  // namespace

const Command kPolicyCoverageCommand = {
    "policy coverage", "tells how much of a regulation is carried out",
    "usage: guanhu policy coverage PATH... [--json]\n\n"
    "Lists, article by article, what a program carries out, what is left to a person and what is open.\n"
    "Exit status 0: every article has a block; 1: some have none; 2: PATH is no pack.\n\n"
    "  --json   one document: "
    "{\"packs\":[{\"pack\",\"articles\":[{\"document\",\"article\",\"heading\",\"line\",\n"
    "           \"state\",\"executable\",\"parameters\",\"judgements\",\"opens\",\"rules\"}]}]}\n\n"
    "example: guanhu policy coverage policies\n",
    coverage};

const Command kPolicyFormatCommand = {
    "policy fmt", "lays out the tables of policy documents",
    "usage: guanhu policy fmt PATH... [--check]\n\n"
    "Puts the cells of pipe tables below each other; nothing but blanks is changed. PATH is a document or a\n"
    "folder. Prints the documents that were untidy.\n\n"
    "  --check   changes nothing; exit status 1 when a document is untidy\n\n"
    "example: guanhu policy fmt policies/sample\n",
    format};

}  // namespace guanhu::cli
