"""Planning: the planner’s forecast, rota and what-ifs, the supervisor’s day, the advisor’s own week."""
