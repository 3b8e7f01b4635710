// Organisations and staff: who works where, who leaves, moves, is promoted or hired.
#pragma once
#include "sample/bank.h"

namespace guanhu::sample {

// Head office, its departments, a branch for every eight managers, outlets below some branches.
void make_orgs(Bank& bank);
// Options.managers customer managers and everyone else, with the planned leavings and transfers.
void make_staff(Bank& bank);
void write_people(Bank& bank);
// Today's leavings, transfers (with their hand-overs), promotions and hires.
void staff_day(Bank& bank);
// Managers of the subtree of `branch` in post today, in order of their numbers.
std::vector<int> managers_of_branch(const Bank& bank, int branch);

}  // namespace guanhu::sample
