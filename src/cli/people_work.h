// What the commands of grades and pay share: the bank, the pack in force, who acts.
#pragma once
#include <filesystem>
#include <memory>
#include <string>
#include <vector>

#include "appraisal/people_doing.h"
#include "cli/command.h"
#include "cli/options.h"
#include "feed/bank.h"
#include "people/directory.h"
#include "policy/life.h"

namespace guanhu::cli {

struct PeopleWork {
  Io& io;
  const Options& options;
  feed::Bank bank;
  policy::PolicyLife life;

  bool json() const { return options.has("json"); }
  base::Date today() const;
  // In force today, else as it is installed.
  base::Result<std::shared_ptr<const policy::Pack>> pack(const std::string& option);
  base::Result<std::filesystem::path> policies() const;    // --policies, else the installed folder
  base::Result<int64_t> number(const char* what) const;    // the one argument
  base::Result<base::Date> day(const char* option) const;  // that must be there
  people::Directory directory();
  // The user of this process; `--by LOGIN` says whose roles and person count.
  base::Result<appraisal::PeopleDoing> doing(std::vector<std::string>* roles = nullptr);
};

using PeopleCommand = base::Result<int> (*)(PeopleWork&);
// Opens the bank and runs the work; `values`: options with a value beside --data.
int run_people(const char* name, const std::vector<std::string>& arguments, Io& io,
               const std::vector<std::string_view>& values, const std::vector<std::string_view>& switches,
               PeopleCommand work);

}  // namespace guanhu::cli
